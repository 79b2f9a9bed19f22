using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Training;

namespace Siamese.Grains.Tests.Silo;

/// <summary>Orleans' own ADO.NET grain storage on our schema.</summary>
public sealed class SqliteGrainStorageTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose()
    {
        _folder.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task State_comes_back_as_it_was_written()
    {
        var storage = await Open();
        var written = State(new TrialState { Spec = Some.Spec(), Fence = 3, HeldBy = "silo", Followers = ["a", "b"], Result = Some.Result(reason: "ok") });
        await storage.WriteStateAsync("trial", Id("one"), written);

        var read = await Read<TrialState>(storage, "trial", "one");

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal((Some.Spec(), 3L, "silo", "ok"), (read.State!.Spec, read.State!.Fence, read.State!.HeldBy, read.State!.Result!.Reason));
        Assert.Equal(["a", "b"], read.State!.Followers.Order());
    }

    [Fact]
    public async Task What_was_never_written_is_new()
    {
        var read = await Read<TrialState>(await Open(), "trial", "nothing");

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Empty(read.State!.Followers);
    }

    [Fact]
    public async Task States_of_other_names_keys_and_kinds_are_apart()
    {
        var storage = await Open();
        await storage.WriteStateAsync("trial", Id("one"), State(new TrialState { Fence = 1 }));
        await storage.WriteStateAsync("trial", Id("two"), State(new TrialState { Fence = 2 }));
        await storage.WriteStateAsync("other", Id("one"), State(new TrialState { Fence = 3 }));

        Assert.Equal(1, (await Read<TrialState>(storage, "trial", "one")).State!.Fence);
        Assert.Equal(2, (await Read<TrialState>(storage, "trial", "two")).State!.Fence);
        Assert.Equal(3, (await Read<TrialState>(storage, "other", "one")).State!.Fence);
    }

    [Fact]
    public async Task A_stale_writer_is_told_so_and_changes_nothing()
    {
        var storage = await Open();
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

    [Fact]
    public async Task Cleared_state_is_gone_and_may_be_written_again()
    {
        var storage = await Open();
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

    [Fact]
    public async Task Clearing_what_was_never_written_does_nothing()
    {
        var storage = await Open();
        await storage.ClearStateAsync("trial", Id("one"), await Read<TrialState>(storage, "trial", "one"));

        Assert.False((await Read<TrialState>(storage, "trial", "one")).RecordExists);
    }

    [Fact]
    public async Task One_of_eight_who_insert_at_once_wins()
    {
        var storage = await Open();
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

    [Fact]
    public async Task Eight_who_race_lose_no_increment()
    {
        const int Each = 10;
        var storages = new List<AdoNetGrainStorage>();
        for (var i = 0; i < 8; i++)
            storages.Add(await Open());
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
                    // Somebody else was quicker: read again.
                }
            }
        })));

        Assert.Equal(8 * Each, (await Read<TrialState>(storages[0], "trial", "one")).State!.Fence);
    }

    [Fact]
    public async Task State_survives_a_reopening_with_all_its_lists()
    {
        var plan = SweepPlanning.Plan(Some.Request(), Some.DataSet());
        await (await Open()).WriteStateAsync("sweep", Id("sweep"), State(new SweepState
        {
            Request = Some.Request(1, 2),
            Plan = plan,
            Ended = [new EndedTrial(1, Contracts.Training.TrialStatus.Failed, false, "oom")],
        }));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        var read = (await Read<SweepState>(await Open(), "sweep", "sweep")).State!;

        Assert.True(SameRequests.Are(Some.Request(1, 2), read.Request!));
        Assert.Equal(new EndedTrial(1, Contracts.Training.TrialStatus.Failed, false, "oom"), Assert.Single(read.Ended));
        Assert.Equal(plan.Trials, read.Plan!.Trials);
    }

    private async Task<AdoNetGrainStorage> Open()
    {
        var options = new AdoNetGrainStorageOptions
        {
            Invariant = "System.Data.SQLite",
            ConnectionString = _folder.Open().ConnectionString,
            GrainStorageSerializer = new OrleansGrainStorageSerializer(_services.GetRequiredService<Serializer>()),
        };
        var storage = new AdoNetGrainStorage(
            _services.GetRequiredService<IActivatorProvider>(),
            NullLogger<AdoNetGrainStorage>.Instance,
            Options.Create(options),
            Options.Create(new ClusterOptions { ServiceId = "siamese", ClusterId = "test" }),
            "Default");
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        storage.Participate(lifecycle);
        await lifecycle.OnStart();
        return storage;
    }

    private static GrainId Id(string key) => GrainId.Create("trial", key);

    private static GrainState<T> State<T>(T state) => new GrainState<T>(state);

    private static async Task<GrainState<T>> Read<T>(AdoNetGrainStorage storage, string name, string key) where T : new()
    {
        var state = State(new T());
        await storage.ReadStateAsync(name, Id(key), state);
        return state;
    }
}
