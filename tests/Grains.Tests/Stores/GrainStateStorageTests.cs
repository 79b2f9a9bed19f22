using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Siamese.Contracts;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What grain storage must do on every store.</summary>
public abstract class GrainStateStorageTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly List<IDisposable> _opened = [];

    private protected abstract IStoreUnderTest Place { get; }

    public void Dispose()
    {
        _opened.ForEach(opened => opened.Dispose());
        Place.Remove();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [SuiteFact]
    public async Task State_is_read_back_as_it_was_written()
    {
        var storage = Open();
        var written = State(new TrialState { Spec = Some.Spec(), Fence = 3, LeasedTo = "silo", Followers = ["a", "b"], Result = Some.Result(reason: "ok") });
        await storage.WriteStateAsync("trial", Id("one"), written);

        var read = await Read<TrialState>(storage, "trial", "one");

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal((Some.Spec(), 3L, "silo", "ok"), (read.State!.Spec, read.State!.Fence, read.State!.LeasedTo, read.State!.Result!.Reason));
        Assert.Equal(["a", "b"], read.State!.Followers.Order());
    }

    [SuiteFact]
    public async Task A_state_that_was_never_written_is_new()
    {
        var read = await Read<TrialState>(Open(), "trial", "nothing");

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Empty(read.State!.Followers);
    }

    [SuiteFact]
    public async Task States_with_different_names_keys_or_kinds_are_separate()
    {
        var storage = Open();
        await storage.WriteStateAsync("trial", Id("one"), State(new TrialState { Fence = 1 }));
        await storage.WriteStateAsync("trial", Id("two"), State(new TrialState { Fence = 2 }));
        await storage.WriteStateAsync("other", Id("one"), State(new TrialState { Fence = 3 }));

        Assert.Equal(1, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
        Assert.Equal(2, (await Read<TrialState>(storage, "trial", "two")).State!.Fence);
        Assert.Equal(3, (await Read<TrialState>(storage, "other", "one")).State!.Fence);
    }

    [SuiteFact]
    public async Task A_stale_writer_is_refused_and_changes_nothing()
    {
        var storage = Open();
        await storage.WriteStateAsync("trial", Id("one"), State(new TrialState { Fence = 1 }));
        var (first, second) = (await Read<TrialState>(storage, "trial", "one"), await Read<TrialState>(storage, "trial", "one"));
        first.State!.Fence = 2;
        await storage.WriteStateAsync("trial", Id("one"), first);
        second.State!.Fence = 9;

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("trial", Id("one"), second));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("trial", Id("one"), second));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("trial", Id("one"), State(new TrialState())));

        Assert.Equal(2, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
    }

    [SuiteFact]
    public async Task Cleared_state_is_gone_and_can_be_written_again()
    {
        var storage = Open();
        var state = State(new TrialState { Fence = 1 });
        await storage.WriteStateAsync("trial", Id("one"), state);
        var late = await Read<TrialState>(storage, "trial", "one");
        await storage.ClearStateAsync("trial", Id("one"), state);

        Assert.False((await Read<TrialState>(storage, "trial", "one")).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("trial", Id("one"), late));
        var anew = await Read<TrialState>(storage, "trial", "one");
        anew.State!.Fence = 5;
        await storage.WriteStateAsync("trial", Id("one"), anew);
        Assert.Equal(5, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
    }

    [SuiteFact]
    public async Task Clearing_a_state_that_was_never_written_does_nothing()
    {
        var storage = Open();
        await storage.ClearStateAsync("trial", Id("one"), await Read<TrialState>(storage, "trial", "one"));

        Assert.False((await Read<TrialState>(storage, "trial", "one")).RecordExists);
    }

    [SuiteFact]
    public async Task One_of_eight_concurrent_inserts_wins()
    {
        var storage = Open();
        var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var state = State(new TrialState { Fence = writer });
            try
            {
                await storage.WriteStateAsync("trial", Id("one"), state);
                return writer;
            }
            catch (InconsistentStateException)
            {
                return -1;
            }
        })));

        var winner = Assert.Single(wins, writer => writer >= 0);
        Assert.Equal(winner, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
    }

    [SuiteFact]
    public async Task Eight_racing_writers_lose_no_increment()
    {
        const int Each = 10;
        var storages = new List<GrainStateStorage>();
        for (var i = 0; i < 8; i++)
            storages.Add(Open());
        await storages[0].WriteStateAsync("trial", Id("one"), State(new TrialState()));

        await Task.WhenAll(storages.Select(storage => Task.Run(async () =>
        {
            for (var done = 0; done < Each;)
            {
                var state = await Read<TrialState>(storage, "trial", "one");
                state.State!.Fence++;
                try
                {
                    await storage.WriteStateAsync("trial", Id("one"), state);
                    done++;
                }
                catch (InconsistentStateException)
                {
                    // Another writer was faster: read again.
                }
            }
        })));

        Assert.Equal(8 * Each, (await Read<TrialState>(storages[0], "trial", "one")).State!.Fence);
    }

    [SuiteFact]
    public async Task State_with_all_its_lists_survives_a_reopened_store()
    {
        var plan = Some.Plan(Some.Request(), Some.DataSet());
        await Open().WriteStateAsync("sweep", Id("sweep"), State(new SweepState
        {
            Request = Some.Request(1, 2),
            Plan = plan,
            Ended = [new EndedTrial(1, Contracts.Trials.TrialStatus.Failed, false, "oom")],
        }));

        var read = (await Read<SweepState>(Open(), "sweep", "sweep")).State!;

        Assert.True(SameRequests.Are(Some.Request(1, 2), read.Request!));
        Assert.Equal(new EndedTrial(1, Contracts.Trials.TrialStatus.Failed, false, "oom"), Assert.Single(read.Ended));
        Assert.Equal(plan.Trials, read.Plan!.Trials);
    }

    [SuiteFact]
    public async Task A_refused_write_fails_and_the_next_one_succeeds()
    {
        var storage = Open();
        var state = State(new TrialState { Fence = 1 });
        await storage.WriteStateAsync("trial", Id("one"), state);
        Place.Execute("ALTER TABLE GrainState RENAME TO Away");
        state.State!.Fence = 2;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.WriteStateAsync("trial", Id("one"), state));
        Place.Execute("ALTER TABLE Away RENAME TO GrainState");

        Assert.Equal(1, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
        await storage.WriteStateAsync("trial", Id("one"), state);
        Assert.Equal(2, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
    }

    [SuiteFact]
    public async Task A_write_that_lost_a_race_does_not_fail_others_in_its_group()
    {
        await Open().WriteStateAsync("trial", Id("there"), State(new TrialState { Fence = 1 }));
        var table = OpenTable();
        StateRow Insert(string key) => new($"trial/{key}", "trial", [1], Version: null);
        StateRow[] group = [Insert("one"), Insert("there"), Insert("two")];

        table.Commit(group, CancellationToken.None);

        Assert.Equal([true, false, true], group.Select(row => row.IsWritten));
        Assert.Equal(1, (await table.Read("trial/one", "trial"))!.Value.Version);
        Assert.Equal(1, (await table.Read("trial/two", "trial"))!.Value.Version);
    }

    [SuiteFact]
    public void A_storage_can_be_closed_twice()
    {
        var storage = Open();
        storage.Dispose();
        storage.Dispose();
    }

    [SuiteFact]
    public void The_first_of_two_conflicting_writes_in_a_group_wins()
    {
        var table = OpenTable();
        StateRow Row(byte payload, long? version) => new("trial/one", "trial", [payload], version);
        StateRow[] inserts = [Row(1, null), Row(2, null)];
        StateRow[] updates = [Row(3, 1), Row(4, 1)];

        table.Commit(inserts, CancellationToken.None);
        table.Commit(updates, CancellationToken.None);

        Assert.Equal([true, false, true, false], inserts.Concat(updates).Select(row => row.IsWritten));
        Assert.Equal(new byte[] { 3 }, Place.Scalar<byte[]>("SELECT Payload FROM GrainState"));
    }

    /// <summary>Opens the store again, as another silo does, or the same one after a restart.</summary>
    private protected GrainStateStorage Open() => Open(Place);

    private protected GrainStateStorage Open(IStoreUnderTest place) =>
        Opened(new GrainStateStorage(OpenTable(place), _services.GetRequiredService<Serializer>(), _services.GetRequiredService<IActivatorProvider>()));

    private IStateTable OpenTable() => Opened(OpenTable(Place));

    private IStateTable OpenTable(IStoreUnderTest place)
    {
        var store = place.Store();
        store.Migrate();
        var table = store.OpenStates();
        // Closed from last to first: the store after its users.
        _opened.Insert(0, store);
        return table;
    }

    private T Opened<T>(T opened) where T : IDisposable
    {
        _opened.Insert(0, opened);
        return opened;
    }

    private protected static GrainId Id(string key) => GrainId.Create("trial", key);

    private protected static GrainState<T> State<T>(T state) => new GrainState<T>(state);

    private protected static async Task<GrainState<T>> Read<T>(GrainStateStorage storage, string name, string key) where T : new()
    {
        var state = State(new T());
        await storage.ReadStateAsync(name, Id(key), state);
        return state;
    }
}
