using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siamese.Bench.Silos;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Sweeps;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>Tells on which machine of a cluster a grain is.</summary>
internal sealed class GrainHomes : IAsyncDisposable
{
    private readonly IHost _client;

    private GrainHomes(IHost client) => _client = client;

    public static async Task<GrainHomes> Connect(MachineCluster cluster) => new(await GrainClient.Connect(
        MutualTls.Load(cluster.ForClients, ClusterNames.DefaultClusterId, isSilo: false), [.. cluster.Gateways.Select(IPEndPoint.Parse)]));

    public Task<IPAddress> OfBoard() => Of(Grains.GetGrain<IBoardGrain>(0));

    public Task<IPAddress> OfSweep(string name) => Of(Grains.GetGrain<ISweepGrain>(name));

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
    }

    private IGrainFactory Grains => _client.Services.GetRequiredService<IGrainFactory>();

    private async Task<IPAddress> Of(IAddressable grain) =>
        await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain) is { } silo
            ? silo.Endpoint.Address
            : throw new InvalidOperationException($"The grain {grain} is not active.");
}
