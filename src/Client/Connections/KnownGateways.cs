using System.Net;
using Orleans.Messaging;

namespace Siamese.Client.Connections;

/// <summary>
/// The gateways that the user named and, once the cluster was asked, its other gateways. Orleans reads them repeatedly
/// and uses those that answer.
/// </summary>
internal sealed class KnownGateways : IGatewayListProvider
{
    private readonly IPEndPoint[] _named;
    private IPEndPoint[] _all;

    /// <param name="first">The gateway to start with.</param>
    /// <param name="named">All gateways that the user named.</param>
    public KnownGateways(IPEndPoint first, IPEndPoint[] named) => (_named, _all) = (named, [first]);

    public IReadOnlyList<IPEndPoint> All => Volatile.Read(ref _all);

    public bool IsUpdatable => true;

    /// <summary>How long Orleans avoids a gateway that did not answer.</summary>
    public TimeSpan MaxStaleness { get; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Uses the named gateways and those of the cluster from now on. If the cluster lists none of the known gateways, it is
    /// reached through a tunnel, a proxy or translated addresses, and its own addresses lead nowhere.
    /// </summary>
    public void Learn(IReadOnlyCollection<IPEndPoint> ofCluster) =>
        Volatile.Write(ref _all, [.. All.Any(ofCluster.Contains) ? _named.Union(ofCluster) : _named]);

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() =>
        Task.FromResult<IList<Uri>>([.. All.Select(gateway => SiloAddress.New(gateway, 0).ToGatewayUri())]);
}
