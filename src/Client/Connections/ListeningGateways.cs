using System.Net;
using System.Net.Sockets;

namespace Siamese.Client.Connections;

/// <summary>Finds out which of many gateways accept connections at all.</summary>
internal static class ListeningGateways
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>Those that accept a TCP connection within three seconds, in their order. All are tried at once.</summary>
    public static async Task<IPEndPoint[]> Among(IPEndPoint[] gateways, TimeProvider clock, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_patience, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var listens = await Task.WhenAll(gateways.Select(gateway => Listens(gateway, ended.Token)));
        cancellation.ThrowIfCancellationRequested();
        return [.. gateways.Where((_, i) => listens[i])];
    }

    private static async Task<bool> Listens(IPEndPoint gateway, CancellationToken cancellation)
    {
        using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(gateway, cancellation);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
