using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Ensembles;

/// <summary>Ensembles are measured on images.</summary>
public sealed class EvaluationTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task An_evaluation_is_started_and_asked_for_until_it_has_figures()
    {
        await silo.Train();
        var (first, again, other) = (await Start("one", 50), await Start("one", 50), await Start("one", 60));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        var state = await Ended(first);

        Assert.Equal("completed", state.GetProperty("state").GetString());
        Assert.Equal((ApiSilo.Ensemble, 2, "pairs"), (state.GetProperty("result").GetProperty("ensemble").GetString(), state.GetProperty("result").GetProperty("members").GetInt32(), state.GetProperty("result").GetProperty("protocol").GetString()));
        using var elsewhere = await _http.GetAsync($"ensembles/nobody/evaluations/{first.Segments[^1]}");
        Assert.Contains("of ensemble 'nobody'", await elsewhere.Problem("not-found"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "{}", "not-found")]
    [InlineData(ApiSilo.Ensemble, """{ "version": 99 }""", "not-found")]
    [InlineData(ApiSilo.Ensemble, """{ "ways": 5 }""", "invalid")]
    [InlineData(ApiSilo.Ensemble, """{ "protocol": "luck" }""", "invalid")]
    [InlineData(ApiSilo.Ensemble, """{ "seed": -1 }""", "invalid")]
    [InlineData(ApiSilo.Ensemble, """{ "data": { "manifest": "x" } }""", "invalid")]
    [InlineData(ApiSilo.Ensemble, """{ "path": "/etc" }""", "malformed")]
    public async Task What_cannot_be_evaluated_is_a_problem(string ensemble, string body, string type)
    {
        await silo.Train();
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync($"ensembles/{ensemble}/evaluations", content);

        await answer.Problem(type);
    }

    private async Task<Uri> Start(string key, int pairs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"ensembles/{ApiSilo.Ensemble}/evaluations") { Content = JsonContent.Create(new { pairs }), Headers = { { "Idempotency-Key", key } } };
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!);
    }

    private async Task<JsonElement> Ended(Uri address)
    {
        while (true)
        {
            var state = await _http.GetFromJsonAsync<JsonElement>(address);
            if (state.GetProperty("state").GetString() != "running")
                return state;
            await Task.Delay(50);
        }
    }
}
