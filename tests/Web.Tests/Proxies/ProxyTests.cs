using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Siamese.Contracts.Access;
using Siamese.Testing.Certificates;
using Siamese.Web.Tests.Pages;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Proxies;

/// <summary>The API behind proxies that end TLS and serve it below a prefix.</summary>
public sealed partial class ProxyTests(SiloBehindProxy silo, SiloBehindProxyWithPath siloWithPath) : IClassFixture<SiloBehindProxy>, IClassFixture<SiloBehindProxyWithPath>, IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [NginxFact]
    public async Task Every_address_is_right_behind_nginx()
    {
        await using var nginx = new Nginx(silo.Address, _authority.Issue("nginx", "silo"));
        await nginx.Started();

        await EveryAddressIsRight(silo, nginx.Address);
    }

    [Fact]
    public async Task Every_address_is_right_behind_YARP()
    {
        await using var yarp = new YarpProxy(siloWithPath.Address, _authority.Issue("yarp", "silo"));
        await yarp.Start();

        await EveryAddressIsRight(siloWithPath, yarp.Address);
    }

    /// <summary>It is the silo's own user, who needs no key otherwise, and whoever stands behind it would be taken for that user.</summary>
    [Fact]
    public async Task Behind_a_proxy_everyone_needs_a_key()
    {
        using var http = silo.Connect();
        using var answer = await http.GetAsync("sweeps");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task EveryAddressIsRight(ApiSilo silo, Uri proxy)
    {
        using var keyed = await silo.Connect("proxied1", Role.Train);
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
        http.DefaultRequestHeaders.Authorization = keyed.DefaultRequestHeaders.Authorization;

        using var submitted = await http.PostAsJsonAsync(new Uri(proxy, "api/v1/sweeps"), new { name = "proxied", space = new { epochs = 1, steps = 10 } });
        Assert.Equal(HttpStatusCode.Created, submitted.StatusCode);
        var made = new Uri(submitted.RequestMessage!.RequestUri!, submitted.Headers.Location!);
        Assert.StartsWith(proxy.ToString(), made.ToString(), StringComparison.Ordinal);
        Assert.Equal("proxied", (await http.GetFromJsonAsync<JsonElement>(made)).GetProperty("sweep").GetString());

        var description = new Uri(proxy, "openapi/v1.json");
        var server = (await http.GetFromJsonAsync<JsonElement>(description)).GetProperty("servers")[0].GetProperty("url").GetString()!;
        Assert.Equal(proxy, new Uri(description, server));

        var docs = new Uri(proxy, "docs/");
        var page = await http.GetStringAsync(docs);
        var addresses = Sources().Matches(page).Select(match => match.Groups["address"].Value).ToArray();
        Assert.Equal(3, addresses.Length);
        foreach (var address in addresses)
        {
            using var loaded = await http.GetAsync(new Uri(docs, address));
            Assert.True(loaded.StatusCode is HttpStatusCode.OK, $"{address} is {loaded.StatusCode}");
        }

        await EveryLinkOfThePagesIsRight(http, proxy);
    }

    private static async Task EveryLinkOfThePagesIsRight(HttpClient http, Uri proxy)
    {
        // Without a slash at the end, relative links would lead elsewhere.
        using var bare = await http.GetAsync(proxy.ToString().TrimEnd('/'));
        Assert.Equal(proxy, bare.RequestMessage!.RequestUri);
        foreach (var address in new[] { proxy, new Uri(proxy, "sweeps/proxied"), new Uri(proxy, "sweeps/proxied/cancel") })
        {
            var page = await http.GetStringAsync(address);
            foreach (var link in Html.Links(page).Concat(Html.Loaded(page)).Select(link => new Uri(address, link)).Distinct())
            {
                Assert.StartsWith(proxy.ToString(), link.ToString(), StringComparison.Ordinal);
                using var followed = await http.GetAsync(link);
                Assert.True(followed.StatusCode is HttpStatusCode.OK, $"{link} of {address} is {followed.StatusCode}");
            }
        }
    }

    [GeneratedRegex("""(?:src="|"url":")(?<address>[^"]+)""")]
    private static partial Regex Sources();
}
