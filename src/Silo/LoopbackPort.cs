using System.Net;
using System.Net.Sockets;
using Siamese.Contracts;

namespace Siamese.Silo;

/// <summary>Ports on loopback.</summary>
internal static class LoopbackPort
{
    /// <summary>The stated port, or a free one for 0.</summary>
    /// <exception cref="BadInputException">The stated port is taken.</exception>
    public static int Resolve(int port, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw new BadInputException($"Port {port} on loopback cannot be listened on ({e.SocketErrorCode}); choose another {option}, or 0 for a free one.", e);
        }
    }

    /// <summary>Whether somebody listens there. A process that hangs still does; one that is gone does not.</summary>
    public static bool IsListening(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
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
}
