using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Keys;

/// <summary>Keys are added, looked at and revoked.</summary>
public sealed class KeyTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_new_key_is_found_at_its_location_without_its_secret()
    {
        using var added = await _http.PostAsJsonAsync("keys", new { name = "located", may = "read" });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var made = await added.Content.ReadFromJsonAsync<JsonElement>();
        var location = new Uri(added.RequestMessage!.RequestUri!, added.Headers.Location!);

        var found = await _http.GetStringAsync(location);

        Assert.Equal(made.GetProperty("key").GetRawText(), found);
        Assert.DoesNotContain(made.GetProperty("secret").GetString()!, found, StringComparison.Ordinal);
        using var revoked = await _http.DeleteAsync(location);
        Assert.NotEqual(JsonValueKind.Null, (await _http.GetFromJsonAsync<JsonElement>(location)).GetProperty("revokedAt").ValueKind);
    }

    [Fact]
    public async Task A_key_that_does_not_exist_is_not_found()
    {
        using var answer = await _http.GetAsync("keys/nobody");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("There is no key 'nobody'; GET keys lists all.", await answer.Problem("not-found"));
    }
}
