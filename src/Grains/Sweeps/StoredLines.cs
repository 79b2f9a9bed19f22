using Orleans.Storage;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// A list that a sweep only ever appends to, in the store: pages, all full but the last. Only that one is written again,
/// so a line more costs the same however many there are before it.
/// </summary>
/// <typeparam name="TLine">A line of the list.</typeparam>
/// <typeparam name="TPage">A page as it is stored.</typeparam>
/// <param name="storage">The store.</param>
/// <param name="sweep">The sweep.</param>
/// <param name="name">Of the list, unique in the sweep.</param>
internal sealed class StoredLines<TLine, TPage>(IGrainStorage storage, GrainId sweep, string name)
    where TPage : class, IPage<TLine>, new()
{
    public const int PageSize = 256;

    private readonly List<GrainState<TPage>> _pages = [];

    /// <summary>Lines that are stored.</summary>
    public int Count { get; private set; }

    /// <summary>Reads what is stored. Called once, before anything else.</summary>
    public async Task<List<TLine>> Load()
    {
        var lines = new List<TLine>();
        do
            lines.AddRange((await Page(_pages.Count)).State!.Lines);
        while (_pages[^1].State!.Lines.Count == PageSize);
        Count = lines.Count;
        return lines;
    }

    /// <summary>Stores what was appended since; what is appended while it does is for the next time.</summary>
    public async Task Save(IReadOnlyList<TLine> lines)
    {
        for (var upTo = lines.Count; Count < upTo;)
        {
            var isNew = Count / PageSize == _pages.Count;
            var page = await Page(Count / PageSize);
            if (isNew && page.State!.Lines.Count > 0)
                throw new InconsistentStateException($"The {name} goes on in the store: another activation of the sweep has written it.");
            var from = Count - (Count % PageSize);
            page.State = new TPage { Lines = [.. lines.Skip(from).Take(Math.Min(PageSize, upTo - from))] };
            await storage.WriteStateAsync(NameOf(Count / PageSize), sweep, page);
            Count = from + page.State.Lines.Count;
        }
    }

    /// <summary>Forgets it all. The last page first: cut short, it leaves a list that is only shorter.</summary>
    public async Task Clear()
    {
        for (var page = _pages.Count - 1; page >= 0; page--)
            await storage.ClearStateAsync(NameOf(page), sweep, _pages[page]);
        Count = 0;
    }

    private string NameOf(int page) => FormattableString.Invariant($"{name}/{page}");

    /// <summary>A page as it is stored. One that was never written, or was cleared, is empty.</summary>
    private async Task<GrainState<TPage>> Page(int number)
    {
        if (number == _pages.Count)
        {
            var page = new GrainState<TPage>(new TPage());
            await storage.ReadStateAsync(NameOf(number), sweep, page);
            _pages.Add(page);
        }

        return _pages[number];
    }
}
