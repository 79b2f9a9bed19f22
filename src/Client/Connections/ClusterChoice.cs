using System.Collections.Immutable;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Connections;

/// <summary>Which cluster a command is for.</summary>
/// <param name="Silos">`HOST:PORT` of gateways; empty is the local silo.</param>
/// <param name="ClusterId">Id of the named cluster; null is the default.</param>
/// <param name="Slots">Slots of the local silo if it has to be started; null is one a core.</param>
internal sealed record ClusterChoice(ImmutableArray<GatewayAddress> Silos, string? ClusterId, int? Slots)
{
    /// <summary>By which the silos are spoken to; null where they do without TLS.</summary>
    public TlsFiles? Tls { get; init; }

    public bool IsLocal => Silos.IsEmpty;
}
