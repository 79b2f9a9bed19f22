using Siamese.Contracts;
using Siamese.Silo.Http;
using Siamese.Silo.Options;

namespace Siamese.Web.Tests.Proxies;

/// <summary>What a silo is told about proxies in front of its API.</summary>
public sealed class HttpFrontTests
{
    [Theory]
    [InlineData("siamese", "")]
    [InlineData("/a//b", "")]
    [InlineData("/a?b", "")]
    [InlineData("https://example.com/a", "")]
    [InlineData("", "proxy.example.com")]
    [InlineData("", "10.0.0.1, nobody")]
    public void What_is_not_valid_is_refused(string path, string proxy) =>
        Assert.StartsWith("--http-", Assert.Throws<BadInputException>(() => HttpFront.Of(new SiloOptions { Http = 0, HttpPath = path, HttpProxy = proxy })).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_an_API_there_is_nothing_in_front_of_it() =>
        Assert.Equal("--http-path and --http-proxy are for the HTTP API; add --http PORT.", Assert.Throws<BadInputException>(() => HttpFront.Of(new SiloOptions { HttpPath = "/siamese" })).Message);

    [Fact]
    public void Addresses_and_networks_are_read()
    {
        var front = HttpFront.Of(new SiloOptions { Http = 0, HttpPath = "/siamese/", HttpProxy = "10.0.0.0/8, fd00::1" });

        Assert.Equal("/siamese", front.Path);
        Assert.Equal(["10.0.0.0/8", "fd00::1/128"], front.Proxies.Select(proxy => proxy.ToString()));
    }
}
