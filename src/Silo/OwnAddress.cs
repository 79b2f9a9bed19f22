using System.Net;
using System.Net.Sockets;

namespace Siamese.Silo;

/// <summary>Addresses of this machine: only of those can a silo say whether another that listened there is gone.</summary>
internal static class OwnAddress
{
    /// <param name="address">The address.</param>
    /// <param name="hostName">The machine that says it listened there: every machine has a loopback of its own.</param>
    public static bool Is(IPAddress address, string hostName) => IPAddress.IsLoopback(address)
        ? hostName == Dns.GetHostName()
        : CanBind(address);

    /// <summary>Whether somebody listens there. A process that hangs still does; one that is gone does not.</summary>
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

    /// <summary>By trying: a list of the machine's addresses takes a kind of socket that a service is seldom given.</summary>
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
