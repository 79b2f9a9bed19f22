using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Connections;

/// <summary>Tracks the connections to gateways, about which Orleans tells its callers little.</summary>
/// <param name="guard">How to connect.</param>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer has nothing to dispose, and connections outlive the code that opened them.")]
internal sealed class GatewayConnections(IConnectionGuard guard)
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = [];
    private CancellationTokenSource _nextEnd = new();
    private volatile string? _refusal;
    private volatile bool _wasTaken;

    /// <summary>Cancelled when the next connection ends. A call in flight over it would otherwise wait for its time limit.</summary>
    public CancellationToken NextEnd => Volatile.Read(ref _nextEnd).Token;

    public void AddTo(IServiceCollection services)
    {
        new ClientAccess(guard, reason => _refusal = reason).AddTo(services);
        services.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(connections => connections.Use(next => context => Watch(context, next))));
    }

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
        _refusal is { } reason ? $"No connection to {name}: {reason}."
        : _wasTaken ? $"No answer from {name} within {patience.TotalSeconds:0} s, although it accepts connections: it may have another --cluster-id."
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
