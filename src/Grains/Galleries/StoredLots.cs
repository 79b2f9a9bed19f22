using Orleans.Storage;

namespace Siamese.Grains.Galleries;

/// <summary>The lots of a gallery in the store, a page each: a change in one does not rewrite the others.</summary>
/// <param name="storage">The store.</param>
/// <param name="gallery">The gallery.</param>
internal sealed class StoredLots(IGrainStorage storage, GrainId gallery)
{
    private readonly List<GrainState<LotPage>> _pages = [];

    /// <summary>What is stored, by the lots' numbers.</summary>
    public IReadOnlyList<LotPage> Pages => [.. _pages.Select(page => page.State!)];

    public int Count => _pages.Count;

    public LotPage this[int number] => _pages[number].State!;

    /// <summary>The number of the lot with these images; -1 if there is none.</summary>
    public int Find(string blob) => _pages.FindIndex(page => page.State!.Blob == blob);

    /// <summary>Records that the blobs a lot had left were removed; the next time that it is stored, they are no longer noted.</summary>
    public void Freed(int number) => _pages[number].State = this[number] with { Left = [] };

    /// <summary>Reads what is stored. Called once, before anything else.</summary>
    public async Task Load()
    {
        while (await Read(_pages.Count) is { RecordExists: true } page)
            _pages.Add(page);
    }

    /// <summary>Stores one lot; the next free number adds a new one.</summary>
    public async Task Save(int number, LotPage content)
    {
        var page = number == _pages.Count ? await Read(number) : _pages[number];
        if (number == _pages.Count && page.RecordExists)
            throw new InconsistentStateException("The stored gallery has more lots than are loaded: another activation has written to it.");
        // Reads that come in meanwhile see what was stored before.
        var written = new GrainState<LotPage>(content) { ETag = page.ETag, RecordExists = page.RecordExists };
        await storage.WriteStateAsync(NameOf(number), gallery, written);
        if (number == _pages.Count)
            _pages.Add(written);
        else
            _pages[number] = written;
    }

    /// <summary>Removes all lots, the last one first: an interruption leaves a gallery that is only smaller.</summary>
    public async Task Clear()
    {
        while (_pages.Count > 0)
        {
            await storage.ClearStateAsync(NameOf(_pages.Count - 1), gallery, _pages[^1]);
            _pages.RemoveAt(_pages.Count - 1);
        }
    }

    private async Task<GrainState<LotPage>> Read(int number)
    {
        var page = new GrainState<LotPage>(new LotPage());
        await storage.ReadStateAsync(NameOf(number), gallery, page);
        return page;
    }

    private static string NameOf(int number) => FormattableString.Invariant($"lot/{number}");
}
