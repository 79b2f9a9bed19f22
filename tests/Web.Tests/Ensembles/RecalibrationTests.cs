using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Ensembles;

/// <summary>An ensemble is recalibrated from feedback.</summary>
public sealed class RecalibrationTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Recalibrating_does_what_the_preview_shows_once()
    {
        await silo.Train();
        using var tooLittle = await Post("preview", new { });
        Assert.Contains("recalibrating takes 10 of each", await tooLittle.Problem("invalid"), StringComparison.Ordinal);
        await GiveWrongFeedback();

        var preview = await Read(await Post("preview", new { }));
        using var stale = await Post("", new { slope = -1.0 });
        var made = await Read(await Post("", new { slope = preview.GetProperty("slope").GetDouble(), shift = preview.GetProperty("shift").GetDouble() }));
        var again = await Read(await Post("", new { trust = Array.Empty<string>() }));

        Assert.True(preview.GetProperty("changes").GetBoolean());
        Assert.Contains("Look at the preview again", await stale.Problem("conflict"), StringComparison.Ordinal);
        var next = preview.GetProperty("version").GetInt32() + 1;
        Assert.Equal((next, next), (made.GetProperty("version").GetInt32(), again.GetProperty("version").GetInt32()));
        Assert.Equal(preview.GetProperty("thresholdAfter").GetDouble(), made.GetProperty("threshold").GetDouble());
    }

    [Theory]
    [InlineData("nobody", "{}", "not-found")]
    [InlineData(ApiSilo.Ensemble, """{ "trusted": [] }""", "malformed")]
    public async Task What_cannot_be_recalibrated_is_a_problem(string ensemble, string body, string type)
    {
        await silo.Train();
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync($"ensembles/{ensemble}/recalibrate", content);

        await answer.Problem(type);
    }

    /// <summary>Says of the nearest pairs that they are different, and of the farthest that they are the same.</summary>
    private async Task GiveWrongFeedback()
    {
        var images = await silo.Images(12);
        var pairs = Enumerable.Range(0, 12).SelectMany(i => Enumerable.Range(i + 1, 11 - i).Select(j => new PairOfImages(i, j)));
        var answers = await silo.Grains.GetGrain<IVerdictGrain>(ApiSilo.Ensemble).JudgeAll([.. images], [.. pairs], VerdictTerms.Default, CancellationToken.None);
        Verdict[] verdicts = [.. answers.Select(answer => answer.Verdict!).OrderBy(verdict => verdict.Distance)];
        await silo.Grains.GetGrain<IEnsembleGrain>(ApiSilo.Ensemble).GiveFeedback(
            [.. verdicts.Take(15).Select(verdict => new Feedback(verdict.Id!, Relation.Different)), .. verdicts.TakeLast(15).Select(verdict => new Feedback(verdict.Id!, Relation.Same))],
            CancellationToken.None);
    }

    private Task<HttpResponseMessage> Post(string preview, object order) => _http.PostAsJsonAsync($"ensembles/{ApiSilo.Ensemble}/recalibrate/{preview}".TrimEnd('/'), order);

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer)
            return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
