using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Sweeps;

/// <summary>Trials of sweeps are listed page by page, and ended one by one.</summary>
public sealed class TrialTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Pages_in_any_order_have_every_trial_once()
    {
        await Cancelled();

        foreach (var sort in new[] { "eer", "trial", "margin", "-margin", "-loss" })
        {
            var pages = await Pages($"sort={sort}&limit=7");
            Assert.Equal([7, 7, 7, 3], pages.Select(page => page.GetProperty("trials").GetArrayLength()));
            Assert.All(pages, page => Assert.Equal(24, page.GetProperty("matching").GetInt32()));
            Assert.Equal(24, pages.SelectMany(Ids).Distinct().Count());
        }

        var margins = (await Pages("sort=-margin&limit=5")).SelectMany(page => page.GetProperty("trials").EnumerateArray()).Select(trial => trial.GetProperty("hyperparameters").GetProperty("margin").GetDouble()).ToArray();
        Assert.Equal(margins.OrderDescending(), margins);
    }

    [Theory]
    [InlineData("where=margin:0.5..0.7", 6)]
    [InlineData("where=margin:..0.5", 10)]
    [InlineData("where=margin:1.1..", 4)]
    [InlineData("where=margin:0.1,0.2", 4)]
    [InlineData("where=loss:contrastive", 12)]
    [InlineData("where=loss:contrastive&where=margin:0.1", 1)]
    [InlineData("state=completed&state=cancelled", 24)]
    [InlineData("state=failed", 0)]
    public async Task Trials_are_chosen_by_their_state_and_their_hyperparameters(string query, int matching)
    {
        await Cancelled();

        var page = (await Pages($"{query}&limit=1000"))[0];

        Assert.Equal((matching, matching), (page.GetProperty("matching").GetInt32(), page.GetProperty("trials").GetArrayLength()));
    }

    [Theory]
    [InlineData("limit=0", "invalid", "'limit': 0 is not from 1 to 1000.")]
    [InlineData("limit=many", "malformed", "'limit': 'many' is not a whole number.")]
    [InlineData("state=tired", "invalid", "'state': 'tired' is not one of")]
    [InlineData("where=margin", "invalid", "write margin:LOW..HIGH")]
    [InlineData("where=margin:a..b", "invalid", "'a' in 'margin:a..b' is not a number.")]
    [InlineData("where=size:1", "invalid", "there is no hyperparameter 'size'")]
    [InlineData("where=schedule:luck", "invalid", "'luck' is not")]
    [InlineData("sort=luck", "invalid", "there is no order 'luck'")]
    [InlineData("sort=--eer", "invalid", "there is no order '--eer'")]
    [InlineData("sort=-", "invalid", "there is no order '-'")]
    [InlineData("after=luck", "invalid", "'after': 'luck' is not the 'next' of a page")]
    [InlineData("order=eer", "malformed", "There is no 'order' in the query")]
    public async Task What_cannot_be_asked_for_is_refused(string query, string type, string sentence)
    {
        using var answer = await _http.GetAsync($"sweeps/{ApiSilo.Ensemble}/trials?{query}");

        Assert.Contains(sentence, await answer.Problem(type), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        await Cancelled();
        var next = (await _http.GetFromJsonAsync<JsonElement>("sweeps/many/trials?sort=margin&limit=2")).GetProperty("next").GetString();

        using var answer = await _http.GetAsync($"sweeps/many/trials?sort=-margin&after={next}");

        Assert.Contains("is not the 'next' of a page with the same 'sort'", await answer.Problem("invalid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_is_found_by_the_start_of_its_id()
    {
        await silo.Train();
        var trials = (await _http.GetFromJsonAsync<JsonElement>($"sweeps/{ApiSilo.Ensemble}/trials")).GetProperty("trials").EnumerateArray().ToArray();
        var id = trials[0].GetProperty("trial").GetString()!;

        var trial = await _http.GetFromJsonAsync<JsonElement>($"sweeps/{ApiSilo.Ensemble}/trials/{id[..12]}");
        using var unknown = await _http.GetAsync($"sweeps/{ApiSilo.Ensemble}/trials/none");
        using var elsewhere = await _http.GetAsync($"sweeps/nobody/trials/{id}");

        Assert.Equal(trials[0].GetRawText(), trial.GetRawText());
        Assert.Contains("has no trial 'none'", await unknown.Problem("not-found"), StringComparison.Ordinal);
        Assert.Contains("There is no sweep 'nobody'", await elsewhere.Problem("not-found"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_trial_is_cancelled_and_one_that_has_ended_is_not()
    {
        await silo.Train();
        using var submitted = await _http.PostAsJsonAsync("sweeps", new { name = "some", space = new { margin = new[] { 0.21, 0.22, 0.23, 0.24 }, epochs = 50 } });
        await silo.Until("some", SweepPhase.Running);
        var waiting = (await _http.GetFromJsonAsync<JsonElement>("sweeps/some/trials?state=waiting&sort=-margin")).GetProperty("trials")[0].GetProperty("trial").GetString();
        var ended = (await _http.GetFromJsonAsync<JsonElement>($"sweeps/{ApiSilo.Ensemble}/trials")).GetProperty("trials")[0].GetProperty("trial").GetString();

        using var unbegun = await _http.PostAsync($"sweeps/some/trials/{waiting}/finish", null);
        using var cancelled = await _http.PostAsync($"sweeps/some/trials/{waiting}/cancel", null);
        using var again = await _http.PostAsync($"sweeps/some/trials/{waiting}/cancel", null);
        using var late = await _http.PostAsync($"sweeps/{ApiSilo.Ensemble}/trials/{ended}/cancel", null);
        using var unknown = await _http.PostAsync("sweeps/some/trials/none/cancel", null);

        Assert.Contains("has not trained an epoch yet", await unbegun.Problem("conflict"), StringComparison.Ordinal);
        Assert.Equal(1, (await cancelled.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ended").GetInt32());
        again.EnsureSuccessStatusCode();
        Assert.Equal("cancelled", (await _http.GetFromJsonAsync<JsonElement>($"sweeps/some/trials/{waiting}")).GetProperty("status").GetString());
        Assert.Contains("it has ended", await late.Problem("conflict"), StringComparison.Ordinal);
        await unknown.Problem("not-found");
        using var stopped = await _http.PostAsync("sweeps/some/cancel", null);
    }

    /// <summary>A sweep with 24 trials that were cancelled.</summary>
    private async Task Cancelled()
    {
        object space = new { margin = Enumerable.Range(1, 12).Select(i => i / 10.0), loss = new[] { "contrastive", "triplet" }, epochs = 50 };
        using var submitted = await _http.PostAsJsonAsync("sweeps", new { name = "many", space });
        submitted.EnsureSuccessStatusCode();
        await silo.Until("many", SweepPhase.Running, SweepPhase.Cancelled, SweepPhase.Completed);
        using var cancelled = await _http.PostAsync("sweeps/many/cancel", null);
        await silo.Until("many", SweepPhase.Cancelled, SweepPhase.Completed);
    }

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("trial").GetString()!);

    private async Task<List<JsonElement>> Pages(string query)
    {
        var pages = new List<JsonElement>();
        for (string? next = "", after = ""; next is not null; after = $"&after={next}")
        {
            pages.Add(await _http.GetFromJsonAsync<JsonElement>($"sweeps/many/trials?{query}{after}"));
            next = pages[^1].GetProperty("next").GetString();
        }

        return pages;
    }
}
