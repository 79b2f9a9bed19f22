using System.Net;
using System.Text.RegularExpressions;
using Siamese.Contracts.Access;
using Siamese.Web.Tests.Proxies;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.SigningIn;

/// <summary>Signing in with a browser, at a silo on which everyone needs a key.</summary>
public sealed partial class SignInTests : IClassFixture<SiloBehindProxy>, IDisposable
{
    private readonly ApiSilo _silo;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _browser;

    public SignInTests(SiloBehindProxy silo)
    {
        _silo = silo;
        _browser = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = silo.Address };
        _browser.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_browser_is_sent_to_sign_in_and_back()
    {
        var page = await SignIn("browser1", Role.Administer, "orleans/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/orleans/", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("Orleans Dashboard", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var cookie = _cookies.GetCookies(_silo.Address)["siamese-key"]!;
        Assert.True(cookie.HttpOnly);
        using var counters = await _browser.GetAsync("orleans/DashboardCounters");
        Assert.Equal(HttpStatusCode.OK, counters.StatusCode);
    }

    [Fact]
    public async Task The_dashboard_is_for_administrators()
    {
        using var page = await SignIn("browser2", Role.Train, "orleans/");

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task A_form_from_elsewhere_signs_nobody_in()
    {
        using var form = new FormUrlEncodedContent([new("key", "siamese_browser1_00"), new("to", "")]);
        using var answer = await _browser.PostAsync("sign-in", form);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await answer.Problem("not-allowed");
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_a_problem()
    {
        using var form = new StringContent("x");
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data");
        using var answer = await _browser.PostAsync("sign-in", form);

        await answer.Problem("malformed");
    }

    [Fact]
    public async Task Who_signs_out_needs_the_key_again()
    {
        (await SignIn("signout1", Role.Administer, "orleans/")).Dispose();
        var page = await _browser.GetStringAsync("sign-in");
        using var form = new FormUrlEncodedContent(Hidden().Matches(page).DistinctBy(match => match.Groups["name"].Value).Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value))));
        // As browsers do.
        using var request = new HttpRequestMessage(HttpMethod.Post, "sign-out") { Content = form, Headers = { { "Origin", _silo.Address.GetLeftPart(UriPartial.Authority) } } };
        (await _browser.SendAsync(request)).Dispose();

        using var again = await _browser.GetAsync("orleans/");
        Assert.Equal("/sign-in", again.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [InlineData("ü")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_leads_nowhere_else(string to)
    {
        using var keyed = await _silo.Connect($"led{to.Length:00000}", Role.Read);
        using var answer = await Post(keyed.DefaultRequestHeaders.Authorization!.Parameter!, to);

        Assert.Equal(_silo.Address.Authority, answer.RequestMessage!.RequestUri!.Authority);
        Assert.Equal("/", answer.RequestMessage.RequestUri.AbsolutePath);
    }

    [Fact]
    public async Task A_wrong_key_signs_nobody_in()
    {
        using var answer = await Post("siamese_browser1_00", "");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("The key is not valid", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A page from elsewhere can make the browser send the cookie, and the browser says whose page it was.</summary>
    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NotFound)]
    public async Task With_the_cookie_only_pages_from_here_change_anything(string header, string value, HttpStatusCode status)
    {
        (await SignIn($"pages{value.Length:000}", Role.Administer, "orleans/")).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/sweeps/nobody/cancel") { Headers = { { header, value } } };
        using var answer = await _browser.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Opens a page without a key, signs in on the page that comes instead, and is led back.</summary>
    private async Task<HttpResponseMessage> SignIn(string id, Role role, string page)
    {
        using var keyed = await _silo.Connect(id, role);
        using var form = await _browser.GetAsync(page);
        Assert.Equal("/sign-in", form.RequestMessage!.RequestUri!.AbsolutePath);
        return await Send(await form.Content.ReadAsStringAsync(), keyed.DefaultRequestHeaders.Authorization!.Parameter!, null);
    }

    private async Task<HttpResponseMessage> Post(string key, string to) => await Send(await _browser.GetStringAsync("sign-in"), key, to);

    private async Task<HttpResponseMessage> Send(string page, string key, string? to)
    {
        var fields = Hidden().Matches(page).ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        fields["key"] = key;
        fields["to"] = to ?? fields["to"];
        using var form = new FormUrlEncodedContent(fields);
        return await _browser.PostAsync("sign-in", form);
    }

    [GeneratedRegex("""type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();
}
