using System.Net;
using System.Net.Sockets;

namespace Siamese.Bench.Hostile;

/// <summary>A stranger without a certificate who sends bytes to the gateway: noise, starts of TLS and Orleans messages, or nothing.</summary>
internal sealed class RogueFrames(IPEndPoint gateway, int seed)
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    /// <summary>The first bytes of a TLS 1.2 client hello.</summary>
    private static readonly byte[] _hello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03];

    public async Task Send(int number)
    {
        var random = new Random(unchecked((seed * 486_187_739) ^ (number * 16_777_619)));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(_longest);
        try
        {
            await socket.ConnectAsync(gateway, limit.Token);
            var noise = new byte[random.Next(4096)];
            random.NextBytes(noise);
            byte[] sent = random.Next(4) switch
            {
                0 => noise,
                1 => [.. _hello, .. noise],
                // The two lengths at the start of an Orleans message.
                2 => [.. BitConverter.GetBytes(random.Next()), .. BitConverter.GetBytes(random.Next()), .. noise],
                _ => [],
            };
            await socket.SendAsync(sent, limit.Token);
            if (random.Next(2) == 0)
                await socket.ReceiveAsync(new byte[1024], limit.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Refused, which is right.
        }
    }
}
