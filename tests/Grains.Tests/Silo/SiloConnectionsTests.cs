using System.Net;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Silo.Access;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;

namespace Siamese.Grains.Tests.Silo;

public sealed class SiloConnectionsTests
{
    private static readonly SiloEndpoints _beyond = new(IPAddress.Parse("192.0.2.1"), 11111, 30000);
    private static readonly SiloEndpoints _loopback = _beyond with { Address = IPAddress.Loopback };

    [Fact]
    public void Beyond_loopback_a_silo_requires_certificates_or_the_insecure_option()
    {
        var refusal = Assert.Throws<BadInputException>(() => SiloConnections.FilesOf(new() { Address = "192.0.2.1" }, _beyond));

        Assert.Contains("--tls-certificate, --tls-key and --tls-authority, or --insecure", refusal.Message, StringComparison.Ordinal);
        Assert.Null(SiloConnections.FilesOf(new() { Insecure = true }, _beyond));
        Assert.Equal(new TlsFiles("c", "k", "a"), SiloConnections.FilesOf(Sealed(), _beyond));
    }

    [Fact]
    public void On_loopback_certificates_are_optional()
    {
        Assert.Null(SiloConnections.FilesOf(new(), _loopback));
        Assert.NotNull(SiloConnections.FilesOf(Sealed(), _loopback));
    }

    [Fact]
    public void The_local_silo_accepts_no_certificates()
    {
        var options = Sealed();
        options.Local = true;

        Assert.Null(SiloConnections.FilesOf(options, _loopback));
    }

    private static SiloOptions Sealed() => new() { TlsCertificate = "c", TlsKey = "k", TlsAuthority = "a" };
}
