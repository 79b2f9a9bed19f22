using Siamese.Contracts;
using Siamese.Grains.Trials;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

[NeedsPostgres]
[Collection(PostgresFixture.Name)]
public sealed class PostgresGrainStateStorageTests(PostgresFixture postgres) : GrainStateStorageTests, IAsyncLifetime
{
    private StoreDatabase _database = new(null);

    private protected override IStoreUnderTest Place => _database;

    public async Task InitializeAsync() => _database = new StoreDatabase(await postgres.NewDatabase());

    public Task DisposeAsync() => postgres.Drop(_database);

    /// <summary>All connections are dead then, including those in the pool, but no acknowledged write is lost.</summary>
    [PostgresFact]
    public async Task A_restart_of_the_server_during_use_goes_unnoticed()
    {
        var storage = Open();
        var state = State(new TrialState { Fence = 1 });
        await storage.WriteStateAsync("trial", Id("one"), state);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Read<TrialState>(storage, "trial", "one")));
        await postgres.Server.Restart(isCrash: true);

        Assert.Equal(1, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
        state.State!.Fence = 2;
        await storage.WriteStateAsync("trial", Id("one"), state);
        Assert.Equal(2, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
    }

    [PostgresFact]
    public async Task Reads_and_writes_wait_for_a_stopped_server()
    {
        var storage = Open();
        await storage.WriteStateAsync("trial", Id("one"), State(new TrialState { Fence = 1 }));
        await postgres.Server.Stop();
        var read = Read<TrialState>(storage, "trial", "one");
        var write = storage.WriteStateAsync("trial", Id("two"), State(new TrialState { Fence = 2 }));
        await postgres.Server.Start();

        Assert.Equal(1, (await read).State!.Fence);
        await write;
        Assert.Equal(2, (await Read<TrialState>(storage, "trial", "two")).State!.Fence);
    }

    /// <summary>PostgreSQL refuses the character U+0000 in text.</summary>
    [PostgresFact]
    public async Task A_group_with_a_refused_write_is_not_written_at_all()
    {
        using var store = _database.Store();
        store.Migrate();
        using var table = store.OpenStates();
        StateRow Insert(string key) => new(key, "trial", [1], Version: null);

        Assert.Throws<InvalidDataException>(() => table.Commit([Insert("a"), Insert("b\0"), Insert("c")], CancellationToken.None));

        Assert.Null(await table.Read("a", "trial"));
        Assert.Null(await table.Read("c", "trial"));
    }

    [PostgresFact]
    public async Task A_refused_write_does_not_fail_those_that_came_with_it()
    {
        var storage = Open();
        var writes = Enumerable.Range(0, 50).Select(i => storage.WriteStateAsync("trial", Id(i == 20 ? "b\0" : $"a{i}"), State(new TrialState { Fence = i }))).ToArray();

        await Assert.ThrowsAsync<InvalidDataException>(() => writes[20]);
        foreach (var i in Enumerable.Range(0, 50).Where(i => i != 20))
        {
            await writes[i];
            Assert.Equal(i, (await Read<TrialState>(storage, "trial", $"a{i}")).State!.Fence);
        }
    }

    [PostgresFact]
    public async Task Closing_a_storage_does_not_wait_for_the_server()
    {
        var storage = Open();
        await storage.WriteStateAsync("trial", Id("one"), State(new TrialState()));
        await postgres.Server.Stop();
        try
        {
            var write = storage.WriteStateAsync("trial", Id("two"), State(new TrialState()));
            var began = TimeProvider.System.GetTimestamp();
            storage.Dispose();
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "Closing waited for the server.");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
        }
        finally
        {
            await postgres.Server.Start();
        }
    }
}
