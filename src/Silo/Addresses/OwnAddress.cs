using System.Net;
using System.Net.Sockets;

namespace Siamese.Silo.Addresses;

/// <summary>Addresses of this machine. A silo can tell whether another silo is gone only if that one listened at one of these.</summary>
internal static class OwnAddress
{
    /// <param name="address">The address.</param>
    /// <param name="hostName">The machine that listened there, by its own account: every machine has its own loopback.</param>
    public static bool Is(IPAddress address, string hostName) => IPAddress.IsLoopback(address)
        ? hostName == Dns.GetHostName()
        : CanBind(address);

    /// <summary>Whether a process listens there. A process that hangs still does; one that is gone does not.</summary>
    public static bool IsListening(IPEndPoint endpoint)
    {
        try
        {
            using var client = new TcpClient(endpoint.AddressFamily);
            client.Connect(endpoint);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Tests by binding, because listing the machine's addresses needs a kind of socket that services are seldom allowed.</summary>
    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
