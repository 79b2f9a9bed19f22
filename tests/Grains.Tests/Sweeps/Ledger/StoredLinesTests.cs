using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Tests.Clusters;
using StoredLedger = Siamese.Grains.Sweeps.Ledger.StoredLines<Siamese.Grains.Sweeps.Ledger.EndedTrial, Siamese.Grains.Sweeps.Ledger.LedgerPage>;

namespace Siamese.Grains.Tests.Sweeps.Ledger;

public sealed class StoredLinesTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly Stored _store = new();
    private readonly List<string> _written = [];

    public StoredLinesTests() => _store.BeforeWrite = (name, _) =>
    {
        _written.Add(name);
        return Task.CompletedTask;
    };

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(StoredLedger.PageSize - 1)]
    [InlineData(StoredLedger.PageSize)]
    [InlineData(StoredLedger.PageSize + 1)]
    [InlineData(3 * StoredLedger.PageSize)]
    public async Task A_ledger_is_read_back_as_it_was_stored(int count)
    {
        var ledger = Some(count);
        await (await Open()).Save(ledger);

        var opened = New();
        Assert.Equal(ledger, await opened.Load());
        Assert.Equal(count, opened.Count);
    }

    [Fact]
    public async Task Only_the_last_page_is_rewritten()
    {
        var stored = await Open();
        await stored.Save(Some(StoredLedger.PageSize - 1));
        await stored.Save(Some(StoredLedger.PageSize));
        await stored.Save(Some(StoredLedger.PageSize + 1));
        await stored.Save(Some(StoredLedger.PageSize + 1));
        stored = await Open();
        await stored.Save(Some(StoredLedger.PageSize + 2));

        Assert.Equal(["ledger/0", "ledger/0", "ledger/1", "ledger/1"], _written);
    }

    [Fact]
    public async Task Lines_that_could_not_be_stored_are_not_counted()
    {
        var stored = await Open();
        _store.FailsToWrite = (name, _) => name == "ledger/1";

        await Assert.ThrowsAsync<IOException>(() => stored.Save(Some(2 * StoredLedger.PageSize)));

        Assert.Equal(StoredLedger.PageSize, stored.Count);
        Assert.Equal(StoredLedger.PageSize, (await New().Load()).Count);
    }

    [Fact]
    public async Task A_cleared_ledger_is_empty_and_can_be_written_again()
    {
        var stored = await Open();
        await stored.Save(Some(3 * StoredLedger.PageSize));
        await stored.Clear();
        Assert.Equal(0, stored.Count);

        var anew = await Open();
        Assert.Equal(0, anew.Count);
        await anew.Save(Some(StoredLedger.PageSize + 1));
        Assert.Equal(StoredLedger.PageSize + 1, (await New().Load()).Count);
    }

    [Fact]
    public async Task An_interrupted_clear_leaves_the_start_of_the_ledger()
    {
        var stored = await Open();
        await stored.Save(Some(3 * StoredLedger.PageSize));
        _store.FailsToWrite = (name, _) => name == "ledger/1";

        await Assert.ThrowsAsync<IOException>(stored.Clear);

        Assert.Equal(Some(2 * StoredLedger.PageSize), await New().Load());
    }

    private static List<EndedTrial> Some(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new EndedTrial(i, TrialStatus.Failed, Reused: i % 2 == 0, $"{i}"))];

    private StoredLedger New() =>
        new(new SharedStorage(_store, _services.GetRequiredService<Serializer>()), GrainId.Create("sweep", "sweep"), "ledger");

    private async Task<StoredLedger> Open()
    {
        var stored = New();
        await stored.Load();
        return stored;
    }
}
