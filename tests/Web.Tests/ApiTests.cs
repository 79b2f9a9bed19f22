using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Access;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests;

/// <summary>The HTTP API of a real silo on loopback.</summary>
public sealed class ApiTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Its_own_user_needs_no_key()
    {
        var cluster = await _http.GetFromJsonAsync<JsonElement>("cluster");

        Assert.Equal(0, cluster.GetProperty("sweeps").GetInt32());
        Assert.Equal(1, cluster.GetProperty("gateways").GetArrayLength());
    }

    [Theory]
    [InlineData("ensembles/nobody", "There is no ensemble 'nobody'; GET ensembles lists all.")]
    [InlineData("sweeps/nobody", "There is no sweep 'nobody'; GET sweeps lists all.")]
    public async Task What_is_not_there_is_a_problem_with_its_name(string address, string detail)
    {
        using var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(detail, await answer.Problem("not-found"));
    }

    [Fact]
    public async Task A_name_that_somebody_points_to_this_machine_gets_no_answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "cluster") { Headers = { Host = "evil.example" } };
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await answer.Problem("not-allowed");
    }

    [Fact]
    public async Task A_page_from_elsewhere_gets_no_answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sweeps") { Headers = { { "Origin", "https://evil.example" } } };
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await answer.Problem("not-allowed");
    }

    /// <summary>A browser hides the origin of a form if its page has the policy `no-referrer`, as all have here, and says whose page it is.</summary>
    [Theory]
    [InlineData("same-origin", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    public async Task A_form_of_a_page_from_here_gets_an_answer_though_its_origin_is_hidden(string site, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sweeps") { Headers = { { "Origin", "null" }, { "Sec-Fetch-Site", site } } };
        using var answer = await _http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_allows_what_its_role_allows()
    {
        var added = await silo.Grains.GetGrain<IKeyGrain>(0).Add(new ApiKeyRequest("watching1", "watcher", Role.Read), CancellationToken.None);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", added.Text);

        using var looked = await _http.GetAsync("sweeps");
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        using var submitted = await _http.PostAsJsonAsync("sweeps", new { space = new { margin = 1 } });
        Assert.Equal(HttpStatusCode.Forbidden, submitted.StatusCode);
        Assert.Contains("'watcher' may read, but this needs the right to train.", await submitted.Problem("not-allowed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_even_on_loopback()
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "siamese_watching1_00");
        using var answer = await _http.GetAsync("sweeps");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await answer.Problem("no-key");
    }

    [Theory]
    [InlineData("{", "malformed", 400)]
    [InlineData("{}", "malformed", 400)]
    [InlineData("""{ "space": {}, "sedes": [1] }""", "malformed", 400)]
    [InlineData("""{ "space": { "margin": -1 } }""", "invalid", 422)]
    [InlineData("""{ "space": {}, "search": "luck" }""", "invalid", 422)]
    [InlineData("""{ "space": {}, "name": "a/b" }""", "invalid", 422)]
    [InlineData("""{ "space": {}, "data": { "manifest": "x" } }""", "invalid", 422)]
    [InlineData("""{ "space": { "\ud800": 1 } }""", "malformed", 400)]
    public async Task A_sweep_that_is_not_valid_is_refused_with_a_sentence(string body, string type, int status)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync("sweeps", content);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Problem(type));
    }

    [Theory]
    [InlineData("embeddings", """{ "ensemble": "x", "images": [null] }""")]
    [InlineData("verdicts", """{ "ensemble": "x", "first": { "data": "" }, "references": [null] }""")]
    public async Task An_image_that_is_null_is_refused(string address, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync(address, content);

        Assert.Contains("null", await answer.Problem("invalid"), StringComparison.Ordinal);
    }

    /// <summary>Whoever stands behind the proxy would be taken for the silo's user.</summary>
    [Fact]
    public async Task What_a_proxy_forwards_needs_a_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "sweeps") { Headers = { { "X-Forwarded-For", "203.0.113.1" } } };
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_sweep_is_submitted_and_seen()
    {
        using var answer = await _http.PostAsJsonAsync("sweeps", new { name = "first", space = new { margin = 1, epochs = 1 } });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("first", (await _http.GetFromJsonAsync<JsonElement>("sweeps")).GetProperty("sweeps")[0].GetProperty("sweep").GetString());
        using var cancelled = await _http.PostAsync("sweeps/first/cancel", null);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
    }
}
