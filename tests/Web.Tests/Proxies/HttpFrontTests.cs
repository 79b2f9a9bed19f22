using System.Net;
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
        Assert.Equal("--http-path, --http-proxy and --http-url are for the HTTP API; add --http PORT.", Assert.Throws<BadInputException>(() => HttpFront.Of(new SiloOptions { HttpPath = "/siamese" })).Message);

    [Theory]
    [InlineData("silo-1.example.org")]
    [InlineData("ftp://silo-1.example.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://me:secret@silo-1.example.org/")]
    [InlineData("https://silo-1.example.org/?page=1")]
    public void An_address_for_users_that_is_not_one_of_a_page_is_refused(string url) =>
        Assert.StartsWith("--http-url must be the address of a web page", Assert.Throws<BadInputException>(() => HttpFront.Of(new SiloOptions { Http = 0, HttpUrl = url })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", "", "https://10.0.0.1:8080/")]
    [InlineData("", "/siamese", "", "https://10.0.0.1:8080/siamese/")]
    [InlineData("https://silo-1.example.org", "", "", "https://silo-1.example.org/")]
    [InlineData("https://silo-1.example.org/siamese/", "/siamese", "10.0.0.9", "https://silo-1.example.org/siamese/")]
    [InlineData("", "", "10.0.0.9", null)]
    public void Users_reach_a_page_where_it_listens_unless_something_else_is_stated_or_there_is_a_proxy(string url, string path, string proxy, string? page) =>
        Assert.Equal(page, HttpFront.Of(new SiloOptions { Http = 0, HttpUrl = url, HttpPath = path, HttpProxy = proxy }).PageAt("https", IPEndPoint.Parse("10.0.0.1:8080")));

    [Fact]
    public void Addresses_and_networks_are_read()
    {
        var front = HttpFront.Of(new SiloOptions { Http = 0, HttpPath = "/siamese/", HttpProxy = "10.0.0.0/8, fd00::1" });

        Assert.Equal("/siamese", front.Path);
        Assert.Equal(["10.0.0.0/8", "fd00::1/128"], front.Proxies.Select(proxy => proxy.ToString()));
    }
}
