using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Connections;

/// <summary>How the connections to gateways fare, of which Orleans tells its callers little.</summary>
/// <param name="tls">Null where the silos do without.</param>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer has nothing to dispose, and connections end after who opened them.")]
internal sealed class GatewayConnections(MutualTls? tls)
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = [];
    private CancellationTokenSource _nextEnd = new();
    private volatile string? _refusal;
    private volatile bool _wasTaken;

    /// <summary>Cancelled when the next connection ends. A call in flight over it would wait out its time.</summary>
    public CancellationToken NextEnd => Volatile.Read(ref _nextEnd).Token;

    public void Configure(ClientConnectionOptions options) => options.ConfigureConnection(connections =>
    {
        tls?.Open(connections, (_, reason) => _refusal = reason);
        connections.Use(next => context => Watch(context, next));
    });

    /// <summary>Ends every connection: one of them may be to a machine that is gone without a word. Orleans makes new ones.</summary>
    public void Abort()
    {
        foreach (var connection in _open.Keys)
            connection.Abort();
    }

    /// <summary>Why no connection came about, as far as it is known.</summary>
    /// <param name="name">How to call the cluster in a sentence.</param>
    /// <param name="patience">For how long it was tried.</param>
    public string Explain(string name, TimeSpan patience) =>
        _refusal is { } reason ? $"No TLS with {name}: {reason}."
        : _wasTaken ? $"No answer from {name} within {patience.TotalSeconds:0} s, though it takes connections: it may be of another --cluster-id, or demand --tls-certificate."
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
