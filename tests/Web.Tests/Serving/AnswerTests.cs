using System.Net;
using System.Text.Json;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Serving;

/// <summary>Whatever is asked, the answer is one of the API's.</summary>
public sealed class AnswerTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("GET", "/nothing", 404, "not-found")]
    [InlineData("POST", "/", 405, "wrong-method")]
    [InlineData("GET", "/api/v1/nothing", 404, "not-found")]
    [InlineData("GET", "/api/v2/sweeps", 404, "not-found")]
    [InlineData("GET", "/api/v1/ensembles/a/versions/one", 404, "not-found")]
    [InlineData("GET", "/api/v1/sweeps/%ff%fe", 404, "not-found")]
    [InlineData("GET", "/api/v1/sweeps/%zz", 404, "not-found")]
    [InlineData("GET", "/api/v1/sweeps/a%2Fb", 404, "not-found")]
    [InlineData("GET", "/api/v1/sweeps/..%2F..%2Fkeys", 404, "not-found")]
    [InlineData("GET", "/api/v1/sweeps/%F0%9F%92%A9", 404, "not-found")]
    [InlineData("DELETE", "/api/v1/cluster", 405, "wrong-method")]
    [InlineData("PATCH", "/api/v1/sweeps", 405, "wrong-method")]
    [InlineData("ODD", "/api/v1/sweeps", 405, "wrong-method")]
    [InlineData("TRACE", "/api/v1/sweeps", 405, "wrong-method")]
    [InlineData("POST", "/api/v1/sweeps", 415, "wrong-media-type")]
    [InlineData("POST", "/api/v1/ensembles/a/identify?top=many", 400, "malformed")]
    [InlineData("GET", "/api/v1/sweeps/nobody/events", 404, "not-found")]
    public async Task An_error_is_a_problem_with_headers_that_protect_it(string method, string path, int status, string type)
    {
        var answer = await RawHttp.Ask(silo.Address, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Equal(status, answer.Status);
        Assert.Equal($"urn:siamese:problem:{type}", Document(answer).GetProperty("type").GetString());
        Assert.Contains("Content-Type: application/problem+json", answer.Head, StringComparison.Ordinal);
        AssertProtected(answer.Head);
    }

    /// <summary>The server refuses these before anything of ours runs, without a body.</summary>
    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /api/v1/cluster HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/v1/cluster HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET /api/v1/cluster HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET /api/v1/sweeps/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("POST /api/v1/sweeps HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("GET /api/v1/cluster HTTP/9.9\r\nHost: localhost\r\n\r\n", 505)]
    public async Task What_is_not_HTTP_is_refused_by_the_server(string request, int status)
    {
        var answer = await RawHttp.Ask(silo.Address, request);

        Assert.Equal((status, ""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("sweeps")]
    [InlineData("cluster")]
    public async Task Every_answer_has_headers_that_protect_it(string address)
    {
        using var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        AssertProtected(answer.Headers.ToString());
    }

    [Fact]
    public async Task A_wrong_method_is_answered_with_the_right_ones()
    {
        using var answer = await _http.DeleteAsync("sweeps");

        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], answer.Content.Headers.Allow.Order());
        Assert.Equal("This address does not know DELETE, only GET, HEAD, OPTIONS, POST.", await answer.Problem("wrong-method"));
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_without_a_body()
    {
        var answer = await RawHttp.Ask(silo.Address, "HEAD /api/v1/sweeps HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal((200, ""), (answer.Status, answer.Body));
        Assert.Contains("Content-Type: application/json", answer.Head, StringComparison.Ordinal);

        var missing = await RawHttp.Ask(silo.Address, "HEAD /api/v1/sweeps/nobody HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal((404, ""), (missing.Status, missing.Body));
    }

    [Fact]
    public async Task HEAD_does_not_wait_for_events()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "sweeps/slow/events");
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task OPTIONS_lists_the_methods_and_allows_nothing_to_pages_from_elsewhere()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "sweeps");
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], answer.Content.Headers.Allow.Order());
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static void AssertProtected(string head)
    {
        Assert.Contains("X-Content-Type-Options: nosniff", head, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store", head, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'", head, StringComparison.Ordinal);
        Assert.Contains("Referrer-Policy: no-referrer", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", head, StringComparison.Ordinal);
    }

    private static JsonElement Document(RawAnswer answer) => JsonDocument.Parse(answer.Document).RootElement;
}
