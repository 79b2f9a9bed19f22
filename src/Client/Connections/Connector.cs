using System.Net;
using Siamese.Client.LocalSilo;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Local;

namespace Siamese.Client.Connections;

/// <summary>Connects to the named silos, or to the local one.</summary>
/// <param name="notices">Where to tell the user that a silo was started.</param>
internal sealed class Connector(TextWriter notices, TimeProvider clock) : IConnector
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public Task<ICluster> Connect(ClusterChoice choice, CancellationToken cancellation) =>
        choice.IsLocal ? ConnectLocal(choice.Slots, cancellation) : ConnectNamed(choice, cancellation);

    private async Task<ICluster> ConnectNamed(ClusterChoice choice, CancellationToken cancellation)
    {
        var connections = new GatewayConnections(choice.Tls is { } files ? MutualTls.Load(files) : null);
        var gateways = (await Task.WhenAll(choice.Silos.Select(silo => silo.Resolve(cancellation)))).SelectMany(found => found).Distinct().ToArray();
        if (gateways.Length == 0)
            throw new NoClusterException($"Cannot resolve host {string.Join(" or ", choice.Silos.Select(silo => $"'{silo.Host}'").Distinct())} (--silo {string.Join(' ', choice.Silos)}).");
        var name = $"the silo at {string.Join(" or ", choice.Silos)}";
        return await GatewayRace.Run(
            gateways,
            (gateway, token) => OrleansCluster.Connect(
                name, new(gateway, gateways), choice.ClusterId ?? ClusterNames.DefaultClusterId, connections, _patience, watch: null, clock, token),
            clock,
            cancellation);
    }

    private async Task<ICluster> ConnectLocal(int? slots, CancellationToken cancellation)
    {
        var finder = new LocalSiloFinder(DataFolder.Find(), SiloProgram.Find(), notices, clock);
        try
        {
            return await Reach(await finder.FindOrStart(slots, cancellation), cancellation);
        }
        catch (NoClusterException e) when (e.InnerException is not null)
        {
            // It was about to exit when it was found: the next attempt starts another.
            return await Reach(await finder.FindOrStart(slots, cancellation), cancellation);
        }
    }

    private async Task<ICluster> Reach(SiloFile silo, CancellationToken cancellation)
    {
        var watch = new SiloWatch(SiloProcess.Of(silo), clock);
        var gateway = new IPEndPoint(IPAddress.Loopback, silo.GatewayPort);
        return await OrleansCluster.Connect(
            $"the local silo (pid {silo.Pid})", new(gateway, [gateway]), silo.ClusterId,
            new GatewayConnections(tls: null), _patience, watch, clock, cancellation);
    }
}
