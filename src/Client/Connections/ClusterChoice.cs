using System.Collections.Immutable;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Connections;

/// <summary>The cluster that a command uses.</summary>
/// <param name="Silos">`HOST:PORT` of gateways; empty for the local silo.</param>
/// <param name="ClusterId">Id of the named cluster; null for the default.</param>
/// <param name="Slots">Slots of the local silo if it has to be started; null for one per core.</param>
internal sealed record ClusterChoice(ImmutableArray<GatewayAddress> Silos, string? ClusterId, int? Slots)
{
    /// <summary>Files for TLS with the silos; null without TLS.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>File with the secret of silos on loopback; null for the one in the data folder.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether to connect in clear text beyond loopback.</summary>
    public bool IsInsecure { get; init; }

    public bool IsLocal => Silos.IsEmpty;
}
