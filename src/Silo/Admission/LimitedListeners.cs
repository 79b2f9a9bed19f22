using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Siamese.Silo.Admission;

/// <summary>
/// Listens for Orleans, and closes connections that exceed the limits before the next one is accepted. Orleans accepts all of them;
/// when a process has no descriptors left, it tries again without a pause.
/// </summary>
/// <param name="inner">Orleans' own listeners.</param>
/// <param name="gateOf">The gate of a port.</param>
internal sealed class LimitedListeners(IConnectionListenerFactory inner, Func<EndPoint, ConnectionGate> gateOf) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await inner.BindAsync(endpoint, cancellationToken), gateOf(endpoint));

    private sealed class Listener(IConnectionListener inner, ConnectionGate gate) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await inner.AcceptAsync(cancellationToken) is { } connection)
            {
                if (gate.Enter(connection) is { } limited)
                    return limited;
                await connection.DisposeAsync();
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
