using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Verdicts;

/// <summary>Feedback on verdicts is given and taken back.</summary>
public sealed class FeedbackTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Feedback_that_is_taken_back_counts_no_longer()
    {
        await silo.Train();
        var images = await silo.Images(2);
        var verdict = await silo.Grains.GetGrain<IVerdictGrain>(ApiSilo.Ensemble).Judge(images[0], images[1], VerdictTerms.Default, CancellationToken.None);
        var address = $"verdicts/{verdict.Id}/truth";
        using var given = await _http.PutAsJsonAsync(address, new { truth = "same" });
        Assert.Equal(1, (await given.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ensembles")[0].GetProperty("same").GetInt32());

        var taken = await Delete(address);
        var again = await Delete(address);

        Assert.Equal((1, 0), (taken.GetProperty("takenBack").GetInt32(), taken.GetProperty("ensemble").GetProperty("same").GetInt32()));
        Assert.Equal((0, 0), (again.GetProperty("takenBack").GetInt32(), again.GetProperty("ensemble").GetProperty("same").GetInt32()));
    }

    [Fact]
    public async Task What_is_not_the_id_of_a_verdict_is_refused()
    {
        using var answer = await _http.DeleteAsync("verdicts/trained@1.00000/truth");

        Assert.Contains("'trained@1.00000' is not a verdict's id.", await answer.Problem("invalid"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> Delete(string address)
    {
        using var answer = await _http.DeleteAsync(address);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
