using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Connections;

/// <summary>Tracks the connections to gateways, about which Orleans tells its callers little.</summary>
/// <param name="tls">Null without TLS.</param>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer has nothing to dispose, and connections outlive the code that opened them.")]
internal sealed class GatewayConnections(MutualTls? tls)
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = [];
    private CancellationTokenSource _nextEnd = new();
    private volatile string? _refusal;
    private volatile bool _wasTaken;

    /// <summary>Cancelled when the next connection ends. A call in flight over it would otherwise wait for its time limit.</summary>
    public CancellationToken NextEnd => Volatile.Read(ref _nextEnd).Token;

    public void Configure(ClientConnectionOptions options) => options.ConfigureConnection(connections =>
    {
        tls?.Open(connections, (_, reason) => _refusal = reason);
        connections.Use(next => context => Watch(context, next));
    });

    /// <summary>Ends every connection: one of them may lead to a machine that died silently. Orleans opens new ones.</summary>
    public void Abort()
    {
        foreach (var connection in _open.Keys)
            connection.Abort();
    }

    /// <summary>Why there is no connection, as far as is known.</summary>
    /// <param name="name">What to call the cluster in a sentence.</param>
    /// <param name="patience">How long the client tried.</param>
    public string Explain(string name, TimeSpan patience) =>
        _refusal is { } reason ? $"No TLS connection to {name}: {reason}."
        : _wasTaken ? $"No answer from {name} within {patience.TotalSeconds:0} s, although it accepts connections: it may have another --cluster-id, or require --tls-certificate."
        : $"No answer from {name} within {patience.TotalSeconds:0} s.";

    private async Task Watch(ConnectionContext context, ConnectionDelegate next)
    {
        _wasTaken = true;
        _open.TryAdd(context, true);
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
            await Interlocked.Exchange(ref _nextEnd, new()).CancelAsync();
        }
    }
}
