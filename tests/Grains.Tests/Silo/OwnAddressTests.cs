using System.Net;
using System.Net.NetworkInformation;
using Siamese.Silo.Addresses;

namespace Siamese.Grains.Tests.Silo;

public sealed class OwnAddressTests
{
    [Fact]
    public void Every_address_of_the_machine_is_its_own()
    {
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(own => own.Address);

        Assert.All(addresses, address => Assert.True(OwnAddress.Is(address, Dns.GetHostName()), $"{address}"));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Any_other_address_belongs_to_another_machine(string address) =>
        Assert.False(OwnAddress.Is(IPAddress.Parse(address), Dns.GetHostName()));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void The_loopback_of_another_machine_is_not_its_own(string address) =>
        Assert.False(OwnAddress.Is(IPAddress.Parse(address), "another-machine"));
}
