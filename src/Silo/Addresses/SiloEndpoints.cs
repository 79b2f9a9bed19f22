using System.Net;
using System.Net.Sockets;
using Siamese.Contracts;
using Siamese.Silo.Options;

namespace Siamese.Silo.Addresses;

/// <summary>Where a silo listens, which is where other silos and clients reach it.</summary>
/// <param name="Address">An address of this machine.</param>
/// <param name="SiloPort">For other silos.</param>
/// <param name="GatewayPort">For clients.</param>
/// <param name="HealthPort">For health checks; null for none.</param>
/// <param name="HttpPort">For the HTTP API; null for none.</param>
internal sealed record SiloEndpoints(IPAddress Address, int SiloPort, int GatewayPort, int? HealthPort = null, int? HttpPort = null)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <param name="options">The silo's options.</param>
    /// <param name="isStoreShared">Whether its store can be used by silos on several machines.</param>
    /// <exception cref="BadInputException">Others cannot reach the address, or a port is taken.</exception>
    public static SiloEndpoints Resolve(SiloOptions options, bool isStoreShared)
    {
        // The local silo serves only this machine, and must not collide with a silo that was started by hand on the default ports.
        if (options.Local)
            return At(IPAddress.Loopback, 0, 0, null, httpPort: 0);
        var address = AddressOf(options.Address);
        Check(options, address, isStoreShared);
        return At(address, options.SiloPort, options.GatewayPort, options.HealthPort, options.Http);
    }

    private static SiloEndpoints At(IPAddress address, int siloPort, int gatewayPort, int? healthPort, int? httpPort) => new(
        address,
        ListeningPort.Resolve(address, siloPort, "--silo-port"),
        ListeningPort.Resolve(address, gatewayPort, "--gateway-port"),
        healthPort is { } health ? ListeningPort.Resolve(address, health, "--health-port") : null,
        httpPort is { } http ? ListeningPort.Resolve(address, http, "--http") : null);

    private static IPAddress AddressOf(string stated)
    {
        if (IPAddress.TryParse(stated, out var address))
            return address;
        try
        {
            var known = Dns.GetHostAddresses(stated);
            address = known.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (Exception e) when (e is SocketException or ArgumentException or InvalidOperationException)
        {
            throw new BadInputException($"--address: the host '{stated}' is unknown; state an IP address of this machine.", e);
        }

        // Many systems resolve their own name to 127.0.1.1; other machines would reach themselves there.
        return !IPAddress.IsLoopback(address) || stated.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? address
            : throw new BadInputException($"--address: this machine resolves '{stated}' to {address}, where no other machine can reach it; state its IP address.");
    }

    private static void Check(SiloOptions options, IPAddress address, bool isStoreShared)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            throw new BadInputException($"--address: others cannot reach this silo at {address}; state an IP address of this machine.");
        if (!IPAddress.IsLoopback(address) && !isStoreShared)
            throw new BadInputException($"--address {options.Address}: a cluster of several machines needs a shared store, but --store {options.Store.Split(':')[0]}: is for one machine; state another --store.");
    }
}
