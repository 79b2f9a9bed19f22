using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Sweeps;

/// <summary>Sweeps are submitted, extended and removed.</summary>
public sealed class SweepTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_sweep_is_extended_to_a_total_number_of_points_and_removed_when_it_has_ended()
    {
        using var submitted = await _http.PostAsJsonAsync("sweeps", new { name = "growing", search = "random", points = 1, space = new { margin = new { low = 0.5, high = 1 }, epochs = 1, steps = 10 } });
        submitted.EnsureSuccessStatusCode();
        await silo.Until("growing", SweepPhase.Completed);

        var extended = await Extend("growing", new { points = 3 });
        var again = await Extend("growing", new { points = 3 });
        using var fewer = await _http.PostAsJsonAsync("sweeps/growing/extend", new { points = 2 });
        using var tooEarly = await _http.DeleteAsync("sweeps/growing");

        Assert.Equal((3, 3), (extended.GetProperty("trials").GetInt32(), again.GetProperty("trials").GetInt32()));
        Assert.Contains("has 3 points already", await fewer.Problem("invalid"), StringComparison.Ordinal);
        Assert.Contains("is still running; cancel it first", await tooEarly.Problem("conflict"), StringComparison.Ordinal);
        using var cancelled = await _http.PostAsync("sweeps/growing/cancel", null);
        await silo.Until("growing", SweepPhase.Completed, SweepPhase.Cancelled);
        using var removed = await _http.DeleteAsync("sweeps/growing");
        Assert.True((await removed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("freedBytes").GetInt64() > 0);
        using var gone = await _http.DeleteAsync("sweeps/growing");
        Assert.Equal("There is no sweep 'growing'; GET sweeps lists all.", await gone.Problem("not-found"));
    }

    [Theory]
    [InlineData("nobody", """{ "points": 3 }""", "not-found", 404)]
    [InlineData(ApiSilo.Ensemble, """{ "points": 3 }""", "conflict", 409)]
    [InlineData(ApiSilo.Ensemble, """{ "point": 3 }""", "malformed", 400)]
    [InlineData(ApiSilo.Ensemble, """{ "points": 3, "forSeconds": 0 }""", "invalid", 422)]
    public async Task A_sweep_that_cannot_be_extended_is_a_problem(string sweep, string body, string type, int status)
    {
        await silo.Train();
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync($"sweeps/{sweep}/extend", content);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Problem(type));
    }

    [Fact]
    public async Task Only_an_administrator_removes_sweeps()
    {
        await silo.Train();
        using var trainer = await silo.Connect("trainer00", Role.Train);
        using var answer = await trainer.DeleteAsync($"sweeps/{ApiSilo.Ensemble}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await answer.Problem("not-allowed");
    }

    [Fact]
    public async Task A_submission_that_is_repeated_with_its_key_finds_the_same_sweep()
    {
        using var other = await silo.Connect("another00", Role.Train);
        var first = await Submitted(_http, "\"4f2c\"", 0.3);
        var again = await Submitted(_http, "4f2c", 0.3);
        var ofAnotherKey = await Submitted(_http, "4f2d", 0.3);
        var ofAnotherCaller = await Submitted(other, "4f2c", 0.3);

        Assert.Equal(first, again);
        Assert.Equal(3, new[] { first, ofAnotherKey, ofAnotherCaller }.Distinct().Count());
        using var changed = await Submit(_http, "4f2c", 0.4);
        Assert.Contains($"with the same Idempotency-Key and another body led to sweep '{first}'", await changed.Problem("invalid"), StringComparison.Ordinal);
        using var empty = await Submit(_http, "\"\"", 0.4);
        Assert.Contains("is not a key of 1 to 255 characters", await empty.Problem("invalid"), StringComparison.Ordinal);
        foreach (var sweep in new[] { first, ofAnotherKey, ofAnotherCaller })
            using (await _http.PostAsync($"sweeps/{sweep}/cancel", null)) { }
    }

    [Fact]
    public async Task A_key_for_programs_is_added_once_with_one_idempotency_key()
    {
        using var first = await Add();
        using var again = await Add();

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Contains("its secret was shown once", await again.Problem("conflict"), StringComparison.Ordinal);

        async Task<HttpResponseMessage> Add()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "keys") { Content = JsonContent.Create(new { name = "repeated", may = "read" }), Headers = { { "Idempotency-Key", "one" } } };
            return await _http.SendAsync(request);
        }
    }

    private async Task<JsonElement> Extend(string sweep, object order)
    {
        using var answer = await _http.PostAsJsonAsync($"sweeps/{sweep}/extend", order);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> Submitted(HttpClient http, string key, double margin)
    {
        using var answer = await Submit(http, key, margin);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sweep").GetString()!;
    }

    private static async Task<HttpResponseMessage> Submit(HttpClient http, string key, double margin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sweeps") { Content = JsonContent.Create(new { space = new { margin, epochs = 1, steps = 10 } }), Headers = { { "Idempotency-Key", key } } };
        return await http.SendAsync(request);
    }
}
