using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Metadata;
using Orleans.Runtime.Messaging;
using Siamese.Client.LocalSilo;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Maps;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Connections;

/// <summary>The grains behind an Orleans gateway.</summary>
internal sealed class OrleansCluster : ICluster
{
    private static readonly TimeSpan _farewell = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _connectingLimit = TimeSpan.FromSeconds(2);

    /// <summary>How often to ask the cluster for its gateways, which reads its store; and how often Orleans looks at the result.</summary>
    private static readonly TimeSpan _learnEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(5);

    /// <summary>How often to ask the gateway for its grains: in its first moments it does not know any.</summary>
    private static readonly TimeSpan _askForGrainsEvery = TimeSpan.FromMilliseconds(500);

    private readonly IHost _host;
    private readonly IGrainFactory _grains;
    private readonly GatewayConnections _connections;
    private readonly SiloWatch? _watch;
    private readonly CancellationTokenSource _end = new();

    private OrleansCluster(string name, IHost host, GatewayConnections connections, SiloWatch? watch)
    {
        Name = name;
        _host = host;
        _connections = connections;
        _watch = watch;
        _grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public string Name { get; }

    public Uri? Page { get; set; }

    public CancellationToken Lost => _watch?.Gone ?? CancellationToken.None;

    public CancellationToken NextDisconnection => _connections.NextEnd;

    public IBoardGrain Board => _grains.GetGrain<IBoardGrain>(0);

    public ISampleGrain Samples => _grains.GetGrain<ISampleGrain>(0);

    public IUploadGrain Uploads => _grains.GetGrain<IUploadGrain>(0);

    public IBackboneGrain Backbone(string manifest) => _grains.GetGrain<IBackboneGrain>(manifest);

    public IKeyGrain Keys => _grains.GetGrain<IKeyGrain>(0);

    public ISweepGrain Sweep(string id) => _grains.GetGrain<ISweepGrain>(id);

    public IEnsembleGrain Ensemble(string name) => _grains.GetGrain<IEnsembleGrain>(name);

    public IVerdictGrain Verdicts(string ensemble) => _grains.GetGrain<IVerdictGrain>(ensemble);

    public IIdentifyGrain Identifying(string ensemble) => _grains.GetGrain<IIdentifyGrain>(ensemble);

    public IGalleryGrain Gallery(string ensemble) => _grains.GetGrain<IGalleryGrain>(ensemble);

    public IExportGrain Exports(string key) => _grains.GetGrain<IExportGrain>(key);

    public IImportGrain Imports(string name) => _grains.GetGrain<IImportGrain>(name);

    public IEvaluationGrain Evaluation(string id) => _grains.GetGrain<IEvaluationGrain>(id);

    public IEmbeddingMapGrain Map(string ensemble) => _grains.GetGrain<IEmbeddingMapGrain>(ensemble);

    public void Disconnect() => _connections.Abort();

    /// <summary>Connects to the first of the gateways, retrying for up to <paramref name="patience"/>.</summary>
    /// <param name="watch">Watches the process behind the gateway, if it is on this machine; disposed with the connection.</param>
    /// <exception cref="NoClusterException">It does not answer.</exception>
    public static async Task<OrleansCluster> Connect(
        string name, KnownGateways gateways, string clusterId, GatewayConnections connections, TimeSpan patience, SiloWatch? watch,
        TimeProvider clock, CancellationToken cancellation)
    {
        var host = Build(gateways, clusterId, connections, patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // A host that drops packets never refuses a connection: with only the retry filter, every attempt would run to its timeout.
        limit.CancelAfter(patience + TimeSpan.FromSeconds(1));
        try
        {
            await host.StartAsync(limit.Token).WaitAsync(limit.Token);
            await KnowGrains(host.Services, limit.Token);
            var cluster = new OrleansCluster(name, host, connections, watch);
            // The local silo is the only one, and its replacement would have another port.
            if (watch is null)
                cluster.KeepLearning(gateways, clock).Ignore();
            return cluster;
        }
        catch (Exception e)
        {
            watch?.Dispose();
            await Leave(host);
            if (cancellation.IsCancellationRequested || !IsConnectionFailure(e))
                throw;
            throw new NoClusterException(connections.Explain(name, patience), e);
        }
    }

    /// <summary>Says goodbye to the silo, briefly: it counts its clients to know when it is idle.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _watch?.Dispose();
        var leaving = Leave(_host);
        // A silo that is gone cannot hear a goodbye.
        if (!Lost.IsCancellationRequested)
            await leaving;
    }

    private static async Task Leave(IHost host)
    {
        var stopping = Stop(host);
        try
        {
            await stopping.WaitAsync(_farewell);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or OrleansException)
        {
            // The process ends anyway, and the silo notices the closed connection.
            stopping.Ignore();
        }
    }

    private static async Task Stop(IHost host)
    {
        using var limit = new CancellationTokenSource(_farewell);
        try
        {
            await host.StopAsync(limit.Token);
        }
        finally
        {
            host.Dispose();
        }
    }

    /// <summary>Waits until the grains can be called: a silo accepts clients a moment before it tells them what it implements.</summary>
    private static async Task KnowGrains(IServiceProvider services, CancellationToken cancellation)
    {
        var board = services.GetRequiredService<GrainInterfaceTypeResolver>().GetGrainInterfaceType(typeof(IBoardGrain));
        var implementations = services.GetRequiredService<GrainInterfaceTypeToGrainTypeResolver>();
        await foreach (var _ in services.GetRequiredService<IClusterManifestProvider>().Updates.WithCancellation(cancellation))
        {
            if (implementations.TryGetGrainType(board, out GrainType _))
                return;
        }
    }

    /// <summary>Asks the cluster for its gateways from time to time: the named ones may all be gone one day.</summary>
    private async Task KeepLearning(KnownGateways gateways, TimeProvider clock)
    {
        gateways.Learn([]);
        for (; ; await Task.Delay(_learnEvery, clock, _end.Token))
        {
            try
            {
                var known = await Board.GetGateways(_end.Token).WaitAsync(_end.Token);
                gateways.Learn([.. known.Select(IPEndPoint.Parse)]);
            }
            catch (Exception) when (!_end.IsCancellationRequested)
            {
                // Whatever went wrong, the next attempt may succeed; the known gateways are kept.
            }
        }
    }

    private static bool IsConnectionFailure(Exception e) =>
        e is OperationCanceledException or TimeoutException or ConnectionFailedException or OrleansException;

    private static IHost Build(KnownGateways gateways, string clusterId, GatewayConnections connections, TimeSpan patience, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        // Empty: no configuration files, no console log, nothing that a command line tool does not need.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .ConfigureServices(services =>
            {
                services.AddSingleton<IGatewayListProvider>(gateways);
                connections.AddTo(services);
            })
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = _lookEvery)
            .Configure<TypeManagementOptions>(options => options.TypeMapRefreshInterval = _askForGrainsEvery)
            .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = _connectingLimit)
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = clusterId;
                options.ServiceId = ClusterNames.ServiceId;
            })
            .UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation);
                return clock.GetElapsedTime(started) < patience;
            }));
        return builder.Build();
    }
}
