using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.TestingHost;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Access;
using Siamese.Grains.Board;
using Siamese.Grains.Data;
using Siamese.Grains.Forming;
using Siamese.Grains.Members;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Grains.Workers;

namespace Siamese.Grains.Tests.Clusters;

/// <summary>Silos in this process with the real grains and slots; only training is scripted.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    /// <summary>How long a test waits before it fails: less than the 30 s after which a deadlocked grain call times out.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-cluster-").FullName;
    private readonly InProcessTestCluster _cluster;

    private TestCluster(int silos, int slots)
    {
        Blobs = new WatchedBlobs(new FolderBlobStore(BlobFolder));
        Checkpoints = new FolderCheckpointStore(Path.Combine(_folder, "checkpoints"));
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddGrainStorage("Default", (services, _) => new SharedStorage(Stored, services.GetRequiredService<Serializer>()));
        });
        builder.ConfigureSiloHost((options, host) =>
        {
            host.Services.AddSiamese(slots, Blobs, Checkpoints, new SomeSigner());
            host.Services.AddSingleton<ITicketIssuer, SomeTickets>();
            host.Services.Configure<DataCacheOptions>(cache => cache.Folder = Path.Combine(_folder, "cache"));
            host.Services.AddSingleton<TrialRunner>(services => new ScriptedRunner(
                Trainings, options.SiloName, services.GetRequiredService<DataLibrary>(), Checkpoints, Blobs, Clock));
            host.Services.AddSingleton<EnsembleFormer>(services => ActivatorUtilities.CreateInstance<WatchedFormer>(services, this));
        });
        _cluster = builder.Build();
    }

    public QuickClock Clock { get; } = new();

    public Stored Stored { get; } = new();

    public Trainings Trainings { get; } = new();

    /// <summary>Awaited before an ensemble is formed; if it fails, forming fails too.</summary>
    public Func<FormingOrder, Task> BeforeForming { get; set; } = _ => Task.CompletedTask;

    public WatchedBlobs Blobs { get; }

    public string BlobFolder => Path.Combine(_folder, "blobs");

    public ICheckpointStore Checkpoints { get; }

    public IGrainFactory Client => _cluster.Client;

    public ISweepBoard Board => Client.GetGrain<ISweepBoard>(0);

    public InProcessTestCluster Silos => _cluster;

    public static async Task<TestCluster> Start(int silos = 1, int slots = 2)
    {
        var cluster = new TestCluster(silos, slots);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public ISweepTrials Sweep(string id) => Client.GetGrain<ISweepTrials>(id);

    public ITrialGrain Trial(string id) => Client.GetGrain<ITrialGrain>(id);

    public async Task<ISweepTrials> Submit(string id, SweepRequest request)
    {
        await Sweep(id).Submit(request, CancellationToken.None);
        return Sweep(id);
    }

    /// <summary>Polls a sweep until it is in the expected state. Waits for a state, never for a time.</summary>
    public static async Task<SweepProgress> Until(ISweepTrials sweep, Func<SweepProgress, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var progress = await sweep.GetProgress(0, CancellationToken.None);
            if (isSo(progress))
                return progress;
            Assert.False(patience.IsCancellationRequested, $"The sweep stays {progress.Phase} with {progress.Running.Length} running trials: {progress}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    public static Task<SweepProgress> Until(ISweepTrials sweep, SweepPhase phase) => Until(sweep, progress => progress.Phase == phase);

    /// <summary>Waits for a condition inside the cluster.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, "The condition was never met.");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Drops a grain's memory, as the loss of its silo does.</summary>
    public Task Lose(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public async Task<ImmutableArray<TrialReport>> Trials(string sweep) => await Sweep(sweep).GetTrials(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class WatchedFormer(TestCluster cluster, DataLibrary library, IBlobStore blobs, MemberCache members) : EnsembleFormer(library, blobs, members)
    {
        public override async Task<FormedVersion> Form(string name, int version, DateTimeOffset now, FormingOrder order)
        {
            await cluster.BeforeForming(order);
            return await base.Form(name, version, now, order);
        }
    }
}
