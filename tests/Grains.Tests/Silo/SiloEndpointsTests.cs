using System.Net;
using System.Net.Sockets;
using Siamese.Contracts;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;

namespace Siamese.Grains.Tests.Silo;

public sealed class SiloEndpointsTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void A_silo_listens_at_its_address(string stated, string address)
    {
        var endpoints = SiloEndpoints.Resolve(At(stated), isStoreShared: false);

        Assert.Equal(IPAddress.Parse(address), endpoints.Address);
        Assert.NotEqual(0, endpoints.SiloPort);
    }

    [Fact]
    public void A_local_silo_serves_only_its_own_machine_and_uses_free_ports()
    {
        var endpoints = SiloEndpoints.Resolve(new SiloOptions { Local = true, Address = "192.0.2.1", SiloPort = 1, GatewayPort = 2 }, isStoreShared: false);

        Assert.Equal(IPAddress.Loopback, endpoints.Address);
        Assert.True(endpoints.SiloPort > 2);
    }

    [Theory]
    [InlineData("0.0.0.0", "others cannot reach this silo at 0.0.0.0")]
    [InlineData("::", "others cannot reach this silo at ::")]
    [InlineData("no.such.host.invalid", "the host 'no.such.host.invalid' is unknown")]
    [InlineData("192.0.2.1", "192.0.2.1 is not an address of this machine")]
    public void An_address_that_others_cannot_reach_is_refused(string stated, string because) =>
        Assert.Contains(because, Refused(At(stated), isStoreShared: true).Message, StringComparison.Ordinal);

    [Fact]
    public void A_store_for_one_machine_is_refused_for_several() =>
        Assert.Contains("--store sqlite: is for one machine", Refused(At("192.0.2.1")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_port_is_in_use_only_if_a_process_listens_at_that_address()
    {
        using var other = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Equal(port, SiloEndpoints.Resolve(At("127.0.0.3", port), isStoreShared: false).SiloPort);
        Assert.Contains($"port {port} at 127.0.0.2", Refused(At("127.0.0.2", port)).Message, StringComparison.Ordinal);
    }

    private static SiloOptions At(string address, int siloPort = 0) =>
        new() { Address = address, SiloPort = siloPort, GatewayPort = 0, Store = "sqlite:siamese.db" };

    private static BadInputException Refused(SiloOptions options, bool isStoreShared = false) =>
        Assert.Throws<BadInputException>(() => SiloEndpoints.Resolve(options, isStoreShared));
}
