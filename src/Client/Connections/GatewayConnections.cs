using Orleans.Configuration;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Connections;

/// <summary>How the connections to gateways fare, of which Orleans tells its callers little.</summary>
/// <param name="tls">Null where the silos do without.</param>
internal sealed class GatewayConnections(MutualTls? tls)
{
    private volatile string? _refusal;
    private volatile bool _wasTaken;

    public void Configure(ClientConnectionOptions options) => options.ConfigureConnection(connections =>
    {
        tls?.Open(connections, (_, reason) => _refusal = reason);
        connections.Use(next => context =>
        {
            _wasTaken = true;
            return next(context);
        });
    });

    /// <summary>Why no connection came about, as far as it is known.</summary>
    /// <param name="name">How to call the cluster in a sentence.</param>
    /// <param name="patience">For how long it was tried.</param>
    public string Explain(string name, TimeSpan patience) =>
        _refusal is { } reason ? $"No TLS with {name}: {reason}."
        : _wasTaken ? $"No answer from {name} within {patience.TotalSeconds:0} s, though it takes connections: it may be of another --cluster-id, or demand --tls-certificate."
        : $"No answer from {name} within {patience.TotalSeconds:0} s.";
}
