using System.Net;
using System.Net.Sockets;

namespace Siamese.Contracts.Connections;

/// <summary>Addresses that one machine can choose among, for limits that hold for each address.</summary>
public static class PeerNetwork
{
    private const int NetworkBytes = 8;

    /// <summary>The address under which a peer is counted: with IPv6, its network of 64 bits (RFC 4291).</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]]) : address;
    }
}
