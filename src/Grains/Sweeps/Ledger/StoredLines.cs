using Orleans.Storage;

namespace Siamese.Grains.Sweeps.Ledger;

/// <summary>
/// An append-only list of a sweep, stored as pages. All pages but the last are full, and only the last one is rewritten,
/// so appending a line costs the same however long the list is.
/// </summary>
/// <typeparam name="TLine">A line of the list.</typeparam>
/// <typeparam name="TPage">A stored page.</typeparam>
/// <param name="storage">The store.</param>
/// <param name="sweep">The sweep.</param>
/// <param name="name">Name of the list, unique in the sweep.</param>
internal sealed class StoredLines<TLine, TPage>(IGrainStorage storage, GrainId sweep, string name)
    where TPage : class, IPage<TLine>, new()
{
    public const int PageSize = 256;

    private readonly List<GrainState<TPage>> _pages = [];

    /// <summary>Number of stored lines.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the stored lines. Call it once, before anything else.</summary>
    public async Task<List<TLine>> Load()
    {
        var lines = new List<TLine>();
        do
            lines.AddRange((await Page(_pages.Count)).State!.Lines);
        while (_pages[^1].State!.Lines.Count == PageSize);
        Count = lines.Count;
        return lines;
    }

    /// <summary>Stores the lines that were appended since the last call. Lines appended meanwhile wait for the next call.</summary>
    public async Task Save(IReadOnlyList<TLine> lines)
    {
        for (var upTo = lines.Count; Count < upTo;)
        {
            var isNew = Count / PageSize == _pages.Count;
            var page = await Page(Count / PageSize);
            if (isNew && page.State!.Lines.Count > 0)
                throw new InconsistentStateException($"The stored {name} is longer than expected: another activation of the sweep has written to it.");
            var from = Count - (Count % PageSize);
            page.State = new TPage { Lines = [.. lines.Skip(from).Take(Math.Min(PageSize, upTo - from))] };
            await storage.WriteStateAsync(NameOf(Count / PageSize), sweep, page);
            Count = from + page.State.Lines.Count;
        }
    }

    /// <summary>Clears the list, last page first: if it is interrupted, a shorter but valid list remains.</summary>
    public async Task Clear()
    {
        for (var page = _pages.Count - 1; page >= 0; page--)
            await storage.ClearStateAsync(NameOf(page), sweep, _pages[page]);
        Count = 0;
    }

    private string NameOf(int page) => FormattableString.Invariant($"{name}/{page}");

    /// <summary>A stored page. It is empty if it was never written or was cleared.</summary>
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
