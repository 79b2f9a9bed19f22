using System.Net;
using System.Net.Sockets;
using Siamese.Contracts;

namespace Siamese.Silo.Addresses;

/// <summary>Ports at an address of this machine.</summary>
internal static class ListeningPort
{
    /// <summary>The given port, or a free one for 0.</summary>
    /// <exception cref="BadInputException">The given port is taken, or the address is not an address of this machine.</exception>
    public static int Resolve(IPAddress address, int port, string option)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw new BadInputException($"--address: {address} is not an address of this machine; state one that is.", e);
        }
        catch (SocketException e)
        {
            throw new BadInputException($"Cannot listen on port {port} at {address} ({e.SocketErrorCode}); choose another {option}, or 0 for a free one.", e);
        }
    }
}
