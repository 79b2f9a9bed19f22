using System.Net;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>Plots of a sweep, its importance, its comparison with another, and what can be done with it, as a browser without scripts has them.</summary>
public sealed class SweepPlotsTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_sweep_links_to_its_plots_and_these_keep_its_filter()
    {
        await Trained("plotted", 1, 2, 5, 8);

        var page = await _http.GetStringAsync("sweeps/plotted?where=margin:2..&state=completed&state=unusable");
        var link = Html.Links(page).Single(link => link.Contains("/plots", StringComparison.Ordinal));
        var plots = await _http.GetStringAsync(new Uri(new Uri(silo.Address, "sweeps/plotted"), link));

        Assert.Contains("where=margin%3A2..", link, StringComparison.Ordinal);
        Assert.Contains("completed trials with margin:2..", Html.Text(plots), StringComparison.Ordinal);
        Assert.Contains("id=\"plot-best-so-far\"", plots, StringComparison.Ordinal);
        Assert.Contains("id=\"plot-parallel-coordinates\"", plots, StringComparison.Ordinal);
        Assert.Contains("id=\"plot-eer-by-margin\"", plots, StringComparison.Ordinal);
        Assert.Matches("<data class=\"axis\" value=\"margin\"[^>]* data-low=\"[0-9.]+\" data-high=\"[0-9.]+\"", plots);
    }

    [Fact]
    public async Task What_mattered_has_a_page_of_its_own_that_says_why_it_is_empty()
    {
        await Trained("plotted", 1, 2, 5, 8);
        await silo.Train();

        var text = Html.Text(await _http.GetStringAsync("sweeps/plotted/importance"));
        var none = Html.Text(await _http.GetStringAsync($"sweeps/{ApiSilo.Ensemble}/importance"));

        Assert.Contains("points are too few for reliable results", text, StringComparison.Ordinal);
        Assert.Contains("Every trial of sweep trained has the same hyperparameters", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sweeps_are_compared_by_facts_hyperparameters_and_best_trials()
    {
        await Trained("plotted", 1, 2, 5, 8);
        await silo.Train();

        var choice = await _http.GetStringAsync("compare?a=plotted");
        var page = await _http.GetStringAsync($"compare?a=plotted&b={ApiSilo.Ensemble}");

        Assert.Contains($"<option value=\"{ApiSilo.Ensemble}\"", choice, StringComparison.Ordinal);
        var rows = Html.Rows(page);
        Assert.Contains(rows, row => row is ["Trials ended", "4 of 4", "2 of 2"]);
        Assert.Contains(rows, row => row is ["margin", "1, 2, 5, 8", "2"]);
        Assert.Contains(rows, row => row is ["plotted", _, _, _]);
        Assert.Contains(rows, row => row is [ApiSilo.Ensemble, _, _, _]);
        Assert.Contains("id=\"plot-best-so-far\"", page, StringComparison.Ordinal);
        using var unknown = await _http.GetAsync("compare?a=plotted&b=nobody");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_prepared_sweep_is_started_after_its_plan_is_shown()
    {
        await silo.Grains.GetGrain<ISweepGrain>("prepared").Submit(Request([1, 2]) with { StartWhenPrepared = false }, CancellationToken.None);
        await silo.Until("prepared", SweepPhase.Prepared);

        Assert.Contains("sweeps/prepared/start", string.Join(' ', Html.Links(await _http.GetStringAsync("sweeps/prepared"))), StringComparison.Ordinal);
        var question = await _http.GetStringAsync("sweeps/prepared/start");
        Assert.Contains("The plan: 2 trials on mnist-mini, about", Html.Text(question), StringComparison.Ordinal);
        using var form = Html.Form(question);
        using var started = await _http.PostAsync("sweeps/prepared/start", form);

        Assert.Equal("/sweeps/prepared", started.RequestMessage!.RequestUri!.AbsolutePath);
        await silo.Until("prepared", SweepPhase.Completed);
        Assert.DoesNotContain("sweeps/prepared/start", string.Join(' ', Html.Links(await _http.GetStringAsync("sweeps/prepared"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_gets_more_points_once_even_if_the_form_is_sent_twice()
    {
        var random = Request([1]) with { Space = SearchSpace.Of(("epochs", [1]), ("steps", [1]), ("margin", [.. Enumerable.Range(1, 20).Select(margin => (HyperparameterValue)margin)])), Search = SearchKind.Random, Points = 2 };
        await silo.Grains.GetGrain<ISweepGrain>("longer").Submit(random, CancellationToken.None);
        await silo.Until("longer", SweepPhase.Completed);
        var question = await _http.GetStringAsync("sweeps/longer/extend");

        for (var times = 0; times < 2; times++)
        {
            using var form = Html.Form(question, ("points", "3"), ("minutes", "10"));
            using var answer = await _http.PostAsync("sweeps/longer/extend", form);
            answer.EnsureSuccessStatusCode();
        }

        await silo.Until("longer", SweepPhase.Completed);
        Assert.Equal(5, (await silo.Grains.GetGrain<ISweepGrain>("longer").GetProgress(0, CancellationToken.None)).Points);
        using var wrong = Html.Form(question, ("points", "many"));
        using var refused = await _http.PostAsync("sweeps/longer/extend", wrong);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("'points': 'many' is not a whole number from 1 to", Html.Text(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_sweep_that_can_get_more_points_offers_that()
    {
        await Trained("a-grid", 1);
        await silo.Grains.GetGrain<ISweepGrain>("drawn").Submit(Request([1, 2, 5]) with { Search = SearchKind.Random, Points = 1 }, CancellationToken.None);
        await silo.Until("drawn", SweepPhase.Completed);

        Assert.Contains("../sweeps/drawn/extend", Html.Links(await _http.GetStringAsync("sweeps/drawn")));
        Assert.DoesNotContain("../sweeps/a-grid/extend", Html.Links(await _http.GetStringAsync("sweeps/a-grid")));
        using var refused = await _http.GetAsync("sweeps/a-grid/extend");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("A grid has every combination of its values already", Html.Text(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static SweepRequest Request(int[] margins) => new() { Space = SearchSpace.Of(("epochs", [1]), ("steps", [10]), ("margin", [.. margins.Select(margin => (HyperparameterValue)margin)])) };

    private async Task Trained(string name, params int[] margins)
    {
        await silo.Grains.GetGrain<ISweepGrain>(name).Submit(Request(margins), CancellationToken.None);
        await silo.Until(name, SweepPhase.Completed);
    }
}
