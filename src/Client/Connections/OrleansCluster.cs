using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;
using Siamese.Client.LocalSilo;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Connections;

/// <summary>The grains behind an Orleans gateway.</summary>
internal sealed class OrleansCluster : ICluster
{
    private static readonly TimeSpan _farewell = TimeSpan.FromMilliseconds(500);

    private readonly IHost _host;
    private readonly IGrainFactory _grains;
    private readonly SiloWatch? _watch;

    private OrleansCluster(string name, IHost host, SiloWatch? watch)
    {
        Name = name;
        _host = host;
        _watch = watch;
        _grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public string Name { get; }

    public CancellationToken Lost => _watch?.Gone ?? CancellationToken.None;

    public IBoardGrain Board => _grains.GetGrain<IBoardGrain>(0);

    public ISampleGrain Samples => _grains.GetGrain<ISampleGrain>(0);

    public IUploadGrain Uploads => _grains.GetGrain<IUploadGrain>(0);

    public ISweepGrain Sweep(string id) => _grains.GetGrain<ISweepGrain>(id);

    public IEnsembleGrain Ensemble(string name) => _grains.GetGrain<IEnsembleGrain>(name);

    public IVerdictGrain Verdicts(string ensemble) => _grains.GetGrain<IVerdictGrain>(ensemble);

    /// <summary>Connects to any of the gateways, trying again for as long as <paramref name="patience"/>.</summary>
    /// <param name="watch">Watches the process behind the gateway, where it is on this machine; disposed with the connection.</param>
    /// <exception cref="NoClusterException">None of them answers.</exception>
    public static async Task<OrleansCluster> Connect(
        string name, IPEndPoint[] gateways, string clusterId, GatewayConnections connections, TimeSpan patience, SiloWatch? watch,
        TimeProvider clock, CancellationToken cancellation)
    {
        var host = Build(gateways, clusterId, connections, patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // A host that drops packets never refuses: the retry filter alone would wait out every attempt.
        limit.CancelAfter(patience + TimeSpan.FromSeconds(1));
        try
        {
            await host.StartAsync(limit.Token).WaitAsync(limit.Token);
            return new(name, host, watch);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsConnectionFailure(e))
        {
            watch?.Dispose();
            throw new NoClusterException(connections.Explain(name, patience), e);
        }
    }

    /// <summary>Says goodbye to the silo, briefly: it counts its clients to know when it is idle.</summary>
    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        if (Lost.IsCancellationRequested)
            return;
        try
        {
            using var limit = new CancellationTokenSource(_farewell);
            await _host.StopAsync(limit.Token).WaitAsync(_farewell);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or OrleansException)
        {
            // The process ends anyway, and the silo notices the closed connection.
        }
    }

    private static bool IsConnectionFailure(Exception e) =>
        e is OperationCanceledException or TimeoutException or ConnectionFailedException or OrleansException;

    private static IHost Build(IPEndPoint[] gateways, string clusterId, GatewayConnections connections, TimeSpan patience, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        // Empty: no configuration files, no console log, nothing that a command line tool does not need.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .UseStaticClustering(gateways)
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = clusterId;
                options.ServiceId = ClusterNames.ServiceId;
            })
            .Configure<ClientConnectionOptions>(connections.Configure)
            .UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation);
                return clock.GetElapsedTime(started) < patience;
            }));
        return builder.Build();
    }
}
