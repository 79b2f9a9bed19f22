using Orleans.Storage;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// A sweep's ledger in the store: pages, all full but the last. Only that one is written again, so the end of a trial
/// costs the same however many have ended before it.
/// </summary>
internal sealed class StoredLedger(IGrainStorage storage, GrainId sweep)
{
    public const int PageSize = 256;

    private readonly List<GrainState<LedgerPage>> _pages = [];

    /// <summary>Trials that are stored as ended.</summary>
    public int Count { get; private set; }

    /// <summary>Reads what is stored. Called once, before anything else.</summary>
    public async Task<List<EndedTrial>> Load()
    {
        var ledger = new List<EndedTrial>();
        do
            ledger.AddRange((await Page(_pages.Count)).State!.Ended);
        while (_pages[^1].State!.Ended.Count == PageSize);
        Count = ledger.Count;
        return ledger;
    }

    /// <summary>Stores what was appended since; what is appended while it does is for the next time.</summary>
    public async Task Save(IReadOnlyList<EndedTrial> ledger)
    {
        for (var upTo = ledger.Count; Count < upTo;)
        {
            var isNew = Count / PageSize == _pages.Count;
            var page = await Page(Count / PageSize);
            if (isNew && page.State!.Ended.Count > 0)
                throw new InconsistentStateException("The ledger goes on in the store: another activation of the sweep has written it.");
            var from = Count - (Count % PageSize);
            page.State = new LedgerPage { Ended = [.. ledger.Skip(from).Take(Math.Min(PageSize, upTo - from))] };
            await storage.WriteStateAsync(NameOf(Count / PageSize), sweep, page);
            Count = from + page.State.Ended.Count;
        }
    }

    /// <summary>Forgets it all. The last page first: cut short, it leaves a ledger that is only shorter.</summary>
    public async Task Clear()
    {
        for (var page = _pages.Count - 1; page >= 0; page--)
            await storage.ClearStateAsync(NameOf(page), sweep, _pages[page]);
        Count = 0;
    }

    private static string NameOf(int page) => FormattableString.Invariant($"ledger/{page}");

    /// <summary>A page as it is stored. One that was never written, or was cleared, is empty.</summary>
    private async Task<GrainState<LedgerPage>> Page(int number)
    {
        if (number == _pages.Count)
        {
            var page = new GrainState<LedgerPage>(new LedgerPage());
            await storage.ReadStateAsync(NameOf(number), sweep, page);
            _pages.Add(page);
        }

        return _pages[number];
    }
}
