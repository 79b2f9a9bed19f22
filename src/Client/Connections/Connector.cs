using System.Net;
using System.Security.Cryptography;
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
    private const int ManyGateways = 8;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    public Task<ICluster> Connect(ClusterChoice choice, CancellationToken cancellation) =>
        choice.IsLocal ? ConnectLocal(choice.Slots, cancellation) : ConnectNamed(choice, cancellation);

    private async Task<ICluster> ConnectNamed(ClusterChoice choice, CancellationToken cancellation)
    {
        var cluster = choice.ClusterId ?? ClusterNames.DefaultClusterId;
        IConnectionGuard? tls = choice.Tls is { } files ? MutualTls.Load(files, cluster, isSilo: false) : null;
        var gateways = (await Task.WhenAll(choice.Silos.Select(silo => silo.Resolve(cancellation)))).SelectMany(found => found).Distinct().ToArray();
        if (gateways.Length == 0)
            throw new NoClusterException($"Cannot resolve host {string.Join(" or ", choice.Silos.Select(silo => $"'{silo.Host}'").Distinct())} (--silo {string.Join(' ', choice.Silos)}).");
        // Most of many may be dead, and a full attempt takes seconds.
        if (gateways.Length > ManyGateways)
            gateways = await ListeningGateways.Among(gateways, clock, cancellation) is { Length: > 0 } listening ? listening : gateways[..ManyGateways];
        var connections = new GatewayConnections(tls ?? InClearText(choice, gateways));
        var name = $"the silo at {string.Join(" or ", choice.Silos)}";
        return await GatewayRace.Run(
            gateways,
            (gateway, token) => OrleansCluster.Connect(
                name, new(gateway, gateways), cluster, connections, _patience, watch: null, clock, token),
            clock,
            cancellation);
    }

    /// <exception cref="BadInputException">Others could read along, or the secret cannot be read.</exception>
    private static SharedSecret InClearText(ClusterChoice choice, IPEndPoint[] gateways)
    {
        if (choice.IsInsecure)
            return SharedSecret.None;
        if (Array.Find(gateways, gateway => !IPAddress.IsLoopback(gateway.Address)) is { } beyond)
            throw new BadInputException($"--silo {string.Join(' ', choice.Silos)}: connections to {beyond.Address} need TLS, so state --tls-certificate, --tls-key and --tls-authority, or --insecure if everyone on that network may read and do everything.");
        var file = choice.Secret ?? SecretFile.PathIn(DataFolder.Find());
        // Without any, the silo's refusal says what is missing. Not without a secret: anybody's program may listen there.
        return new SharedSecret(choice.Secret is null && !File.Exists(file) ? Unknown() : SecretFile.Read(file));
    }

    private static byte[] Unknown() => RandomNumberGenerator.GetBytes(SecretFile.Bytes);

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
        var cluster = await OrleansCluster.Connect(
            $"the local silo (pid {silo.Pid})", new(gateway, [gateway]), silo.ClusterId,
            new GatewayConnections(new SharedSecret(SecretFile.Of(silo.Secret) ?? Unknown())), _patience, watch, clock, cancellation);
        cluster.Page = silo.HttpPort is { } port ? new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri : null;
        return cluster;
    }
}
