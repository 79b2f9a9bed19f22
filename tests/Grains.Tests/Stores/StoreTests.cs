using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Exchange;
using Siamese.Grains.Storage;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Tests.Data;
using Siamese.Grains.Threads;
using Siamese.Grains.Trials;
using Siamese.Silo;
using Siamese.Silo.Options;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What creating and migrating must do on every store.</summary>
public abstract class StoreTests : IDisposable
{
    private protected abstract IStoreUnderTest Place { get; }

    public void Dispose()
    {
        Place.Remove();
        GC.SuppressFinalize(this);
    }

    [SuiteFact]
    public void A_store_is_created_once_and_then_left_as_it_is()
    {
        var made = Migrate();
        var opened = Migrate();

        Assert.Equal(0, made.From);
        Assert.Equal(new Migration(made.To, made.To), opened);
        Assert.True(Place.Scalar<long>("SELECT count(*) FROM OrleansQuery") >= 9);
    }

    [SuiteFact]
    public async Task Several_silos_can_open_an_empty_place_at_once()
    {
        using var barrier = new Barrier(8);
        var migrations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OwnThread.Run(
            () =>
            {
                barrier.SignalAndWait();
                return Migrate();
            },
            CancellationToken.None)));

        Assert.Single(migrations, migration => migration.From == 0);
        Assert.Equal(1L, Place.Scalar<long>("SELECT count(*) FROM Secret"));
    }

    [SuiteFact]
    public void A_cluster_keeps_its_newest_secret_and_the_one_before()
    {
        Migrate();
        using var store = Place.Store();
        var first = Assert.Single(store.Secrets());
        Assert.Equal(32, first.Value.Length);
        Migrate();
        Assert.Equal(first.Value, Assert.Single(store.Secrets()).Value);

        var (second, third) = (StoredSecret.Make(DateTimeOffset.UnixEpoch.AddYears(200)), StoredSecret.Make(DateTimeOffset.UnixEpoch.AddYears(201)));
        store.Add(second);
        Assert.Equal([first.Made, second.Made], store.Secrets().Select(secret => secret.Made).Order());
        store.Add(third);
        Assert.Equal([second.Made, third.Made], store.Secrets().Select(secret => secret.Made).Order());
        Assert.Equal(third.Value, store.Secrets().MaxBy(secret => secret.Made)!.Value);
    }

    [SuiteFact]
    public void A_store_of_a_later_schema_is_refused_and_left_alone()
    {
        Migrate();
        Place.Execute(SetSchema(99));

        Assert.Contains("schema 99", Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
        Assert.Contains("schema 99", Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public void Silos_of_this_build_do_not_prevent_another_from_opening_the_store()
    {
        var made = Migrate();
        using var running = RunningSilo();

        Assert.Equal(made.To, Migrate().To);
    }

    [SuiteFact]
    public void An_address_opens_its_store()
    {
        using (var opened = Siamese.Silo.Stores.Open(Place.Address))
            opened.Migrate();

        using var store = Place.Store();
        Assert.Equal(store.Schema.Version, store.Count().Schema);
    }

    [SuiteFact]
    public void A_missing_cluster_keeps_no_silo_out()
    {
        Migrate();
        using var store = Place.Store();

        store.RefuseClusterElsewhere("siamese");
    }

    [SuiteFact]
    public async Task Checking_a_missing_store_is_refused_and_creates_nothing()
    {
        Assert.Contains("no store", (await Assert.ThrowsAsync<BadInputException>(Check)).Message, StringComparison.Ordinal);
        Assert.Contains("no store", (await Assert.ThrowsAsync<BadInputException>(Check)).Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_check_counts_the_content()
    {
        Migrate();
        await Put();
        Place.Execute("INSERT INTO GrainState VALUES ('sweep/a', 'sweep', 1, ''), ('trial/b', 'trial', 1, ''), ('trial/c', 'trial', 2, ''), ('trial/gone', 'trial', 2, NULL)");

        var (code, said) = await Check();

        Assert.Equal(0, code);
        Assert.Contains("up to date", said, StringComparison.Ordinal);
        Assert.Contains("3, including 1 sweeps and 2 trials", said, StringComparison.Ordinal);
        Assert.Contains("blobs         1, 3,000,000 bytes", said, StringComparison.Ordinal);
        Assert.Contains("checkpoints   1, 500 bytes", said, StringComparison.Ordinal);
        Assert.Contains("Nothing is broken.", said, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_check_names_all_damaged_content()
    {
        Migrate();
        var (blob, trial) = await Put();
        Place.Damage([1]);

        var (code, said) = await Check();

        Assert.Equal(1, code);
        Assert.Contains(blob, said, StringComparison.Ordinal);
        Assert.Contains($"{trial}/3/2-1", said, StringComparison.Ordinal);
        Assert.Contains("2 broken.", said, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_check_names_what_a_state_needs_and_the_store_lacks()
    {
        Migrate();
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        using (var store = Place.Store())
        {
            var (there, lost) = (await store.Contents.Blobs.Put([1, 2, 3], default), new string('a', 64));
            await store.Contents.Blobs.Put([9], default);
            using var states = new GrainStateStorage(store.OpenStates(), services.GetRequiredService<Serializer>(), services.GetRequiredService<IActivatorProvider>());
            await states.WriteStateAsync("trial", GrainId.Create("trial", "0123456789abcdef"), new GrainState<TrialState>(new() { Result = Some.Result() with { WeightsBlob = there, EmbeddingsBlob = lost } }));
            await states.WriteStateAsync("import", GrainId.Create("import", "brought"), new GrainState<ImportState>(new() { Blobs = { ["validation.safetensors"] = lost } }));
            Place.Execute("INSERT INTO GrainState VALUES ('ensemble/odd', 'ensemble', 1, 'rubbish')");
        }

        var (code, said) = await Check();

        Assert.Equal(1, code);
        Assert.Contains("not needed    1, 1 bytes of the blobs", said, StringComparison.Ordinal);
        Assert.Contains($"Blob {new string('a', 64)} is missing; it is needed as ", said, StringComparison.Ordinal);
        Assert.Contains("the embeddings of trial 01234567", said, StringComparison.Ordinal);
        Assert.Contains("validation.safetensors of the imported ensemble brought", said, StringComparison.Ordinal);
        Assert.Contains("State ensemble of ensemble/odd cannot be read", said, StringComparison.Ordinal);
        Assert.Contains("2 broken.", said, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task Only_what_nothing_needs_and_nobody_used_for_a_day_is_collected()
    {
        Migrate();
        using var store = Place.Store();
        var blobs = store.Contents.Blobs;
        var (needed, listed, piece) = (await blobs.Put([1], default), await blobs.Put(new DataManifest([new("b", 9, Uploaded.Hash(Some.Bytes(9)))], [new(9, Uploaded.Hash(Some.Bytes(9)))], null, null).Write(), default), await blobs.Put(Some.Bytes(9), default));
        var (unneeded, expired, asked, again) = (await blobs.Put([2, 2, 2], default), await blobs.Put([3, 3], default), await blobs.Put([4], default), await blobs.Put([5], default));
        var (unfinished, resumed, ended, unknown) = (Id('a'), Id('b'), Id('c'), Id('d'));
        foreach (var trial in (string[])[unfinished, resumed, ended, unknown])
            await PutCheckpoint(store, trial);
        await Write(store, "trial", unfinished, new TrialState { Spec = Some.Spec() });
        await Write(store, "trial", resumed, new TrialState { Spec = Some.Spec(), Result = Some.Result(), Checkpoint = new(1, 1, 1, "", 1) });
        await Write(store, "trial", ended, new TrialState { Spec = Some.Spec(), Result = Some.Result() with { WeightsBlob = needed } });
        var since = TimeProvider.System.GetUtcNow() - 2 * Unused.Grace;
        await Write(store, "sweep", "lives", new SweepState());
        await Write(store, "data-registry", "0", new DataRegistryState
        {
            Sweeps = { [listed] = ["lives"], [expired] = ["evaluation:1"] },
            Since = { [(listed, "lives")] = since, [(expired, "evaluation:1")] = since },
        });
        Place.Age(Unused.Grace + TimeSpan.FromMinutes(1));
        Assert.Empty(await blobs.Refresh([asked], default));
        Assert.Equal(again, await blobs.Put([5], default));
        var young = await blobs.Put([6], default);

        var (code, said) = await Collect();

        Assert.Equal(0, code);
        Assert.Equal("Removed 2 blobs and the checkpoints of 2 trials, which nothing needed for a day: 1,005 bytes.", said.Trim());
        Assert.Equal<string>([unneeded, expired], await blobs.Missing([needed, listed, piece, unneeded, expired, asked, again, young], default));
        Assert.Equal<string>([unfinished, resumed], (await store.Contents.AllCheckpoints.UnusedFor(TimeSpan.Zero, default)).Order());
        Assert.Contains("Removed 0 blobs and the checkpoints of 0 trials", (await Collect()).Said, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task Nothing_is_collected_while_nobody_knows_everything_that_is_needed()
    {
        Migrate();
        using var store = Place.Store();
        var blob = await store.Contents.Blobs.Put([1], default);
        Place.Age(2 * Unused.Grace);

        Place.Execute("INSERT INTO GrainState VALUES ('ensemble/odd', 'ensemble', 1, 'rubbish')");
        var (code, said) = await Collect();
        Assert.Equal(1, code);
        Assert.Contains("Nothing was removed. State ensemble of ensemble/odd cannot be read", said, StringComparison.Ordinal);

        Place.Execute("DELETE FROM GrainState");
        await Write(store, "sweep", "lives", new SweepState());
        await Write(store, "data-registry", "0", new DataRegistryState { Sweeps = { [new string('a', 64)] = ["lives"] } });
        (code, said) = await Collect();
        Assert.Equal(1, code);
        Assert.Contains("Nothing was removed. The list of an uploaded data set of sweep lives is missing or broken", said, StringComparison.Ordinal);
        Assert.Empty(await store.Contents.Blobs.Missing([blob], default));
    }

    [SuiteFact]
    public async Task Collecting_from_a_missing_store_is_refused_and_creates_nothing()
    {
        Assert.Contains("no store", (await Assert.ThrowsAsync<BadInputException>(Collect)).Message, StringComparison.Ordinal);
        Assert.Contains("no store", (await Assert.ThrowsAsync<BadInputException>(Check)).Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_check_of_a_later_schema_is_refused()
    {
        Migrate();
        Place.Execute(SetSchema(99));

        Assert.Contains("schema 99", (await Assert.ThrowsAsync<BadInputException>(Check)).Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_migration_reports_the_schema_before_and_after()
    {
        using var said = new StringWriter();
        Assert.Equal(0, await StoreCommand.Migrate(Options, said));
        Assert.Contains("was created", said.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await StoreCommand.Migrate(Options, said));
        Assert.Contains("already", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, said.ToString(), StringComparison.Ordinal);
    }

    private SiloOptions Options => new() { Store = Place.Address };

    private async Task<(int Code, string Said)> Check()
    {
        using var said = new StringWriter();
        return (await StoreCommand.Check(Options, said, CancellationToken.None), said.ToString());
    }

    private async Task<(int Code, string Said)> Collect()
    {
        using var said = new StringWriter();
        return (await StoreCommand.Collect(Options, said, CancellationToken.None), said.ToString());
    }

    private static string Id(char digit) => new(digit, 32);

    private static async Task Write<T>(IStore store, string name, string key, T state)
        where T : new()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        using var states = new GrainStateStorage(store.OpenStates(), services.GetRequiredService<Serializer>(), services.GetRequiredService<IActivatorProvider>());
        await states.WriteStateAsync(name, GrainId.Create(name, key), new GrainState<T>(state));
    }

    private static Task PutCheckpoint(IStore store, string trial) =>
        store.Contents.Checkpoints.Put(trial, new(3, 2, 1, ContentName.Of(Some.Bytes(500)), 1), Some.Bytes(500), CancellationToken.None);

    /// <summary>A blob and a checkpoint.</summary>
    private async Task<(string Blob, string Trial)> Put()
    {
        using var store = Place.Store();
        var trial = Some.Spec().Id;
        await PutCheckpoint(store, trial);
        return (await store.Contents.Blobs.Put(Some.Bytes(3_000_000), CancellationToken.None), trial);
    }

    private protected Migration Migrate()
    {
        using var store = Place.Store();
        return store.Migrate();
    }

    /// <summary>The statement that marks the store as one of another schema.</summary>
    private protected abstract string SetSchema(int version);

    /// <summary>Makes the store look in use by a running silo.</summary>
    private protected abstract IDisposable RunningSilo();
}
