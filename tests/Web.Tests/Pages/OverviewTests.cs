using System.Net;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The first page of a cluster, as a browser without scripts has it.</summary>
public sealed class OverviewTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task It_lists_sweeps_with_their_results_and_silos_with_their_slots()
    {
        await silo.Train();

        var page = await _http.GetStringAsync("");

        var sweep = Html.Rows(page).Single(row => row[0].StartsWith(ApiSilo.Ensemble, StringComparison.Ordinal));
        Assert.Equal("completed", sweep[1]);
        Assert.Equal("2 of 2 ended", sweep[2]);
        Assert.Matches(@"^\d+\.\d\d % on test pairs$", sweep[3]);
        Assert.Contains($"sweeps/{ApiSilo.Ensemble}", Html.Links(page));
        Assert.Contains("Slots in use 0 of 1", Html.Text(page), StringComparison.Ordinal);
        Assert.Contains(Html.Rows(page), row => row is [_, "1", _, "idle"]);
    }

    [Fact]
    public async Task It_shows_the_store_and_the_verdicts_of_the_last_minute()
    {
        await silo.Train();
        var images = await silo.Images(2);
        var verdicts = silo.Grains.GetGrain<IVerdictGrain>(ApiSilo.Ensemble);
        for (var times = 0; times < 3; times++)
            await verdicts.Judge(images[0], images[1], new VerdictTerms(), CancellationToken.None);
        await Assert.ThrowsAsync<BadInputException>(() => verdicts.Judge(images[0], new ImageFile("broken.png", [1, 2, 3]), new VerdictTerms(), CancellationToken.None));
        // A silo reports every two seconds, and its store when it has been measured.
        string page;
        do
            page = Html.Text(await _http.GetStringAsync(""));
        while (!page.Contains("3 verdicts in the last minute, 4 asked for", StringComparison.Ordinal) || !page.Contains(" free It answers", StringComparison.Ordinal));

        Assert.Contains("Verdicts per second 0.05 3 verdicts", page, StringComparison.Ordinal);
        Assert.Matches(@"Store SQLite \d+\.\d MB, \d+\.\d [MG]B free It answers", page);
    }

    [Fact]
    public async Task It_says_what_a_silo_trains_since_when_and_from_which_checkpoint()
    {
        await silo.Grains.GetGrain<ISweepGrain>("busy").Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [100]), ("steps", [200])), Seeds = [5] }, CancellationToken.None);
        while ((await silo.Grains.GetGrain<ISweepGrain>("busy").GetProgress(0, CancellationToken.None)).Running.IsEmpty)
            await Task.Delay(20);

        var row = Html.Rows(await _http.GetStringAsync("")).Single(row => row.Length == 9 && row[4] == "busy");

        Assert.Equal(("just now", "the beginning"), (row[5], row[6]));
        await silo.Grains.GetGrain<ISweepGrain>("busy").Cancel(CancellationToken.None);
        await silo.Until("busy", SweepPhase.Cancelled);
    }

    [Fact]
    public async Task It_says_why_a_sweep_does_not_go_on()
    {
        await silo.Grains.GetGrain<ISweepGrain>("asking").Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [1]), ("steps", [10])), StartWhenPrepared = false }, CancellationToken.None);
        await silo.Until("asking", SweepPhase.Prepared);

        var row = Html.Rows(await _http.GetStringAsync("")).Single(row => row[0].StartsWith("asking", StringComparison.Ordinal));

        Assert.Equal("prepared", row[1]);
        Assert.Equal("It waits for confirmation: run `client watch asking`.", row[^1]);
    }

    [Fact]
    public async Task It_loads_nothing_from_elsewhere_and_its_policy_allows_no_script_within_it()
    {
        using var answer = await _http.GetAsync("");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(3, Html.Loaded(page).Count);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        foreach (var loaded in Html.Loaded(page))
            Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(loaded)).StatusCode);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_not_found_as_a_page()
    {
        using var answer = await _http.GetAsync("?page=99");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no page 99", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?pages=1", "There is no 'pages' in the query")]
    [InlineData("?page=one", "'one' is not a whole number")]
    public async Task A_query_that_cannot_be_read_is_explained(string query, string explanation)
    {
        using var answer = await _http.GetAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(explanation, Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_it_shows_whose_it_is_and_what_it_may()
    {
        using var reader = await silo.Connect("overview1", Role.Read);
        using var administrator = await silo.Connect("overview2", Role.Administer);

        Assert.DoesNotContain("orleans/", Html.Links(await reader.GetStringAsync(silo.Address)));
        Assert.Contains("orleans/", Html.Links(await administrator.GetStringAsync(silo.Address)));
        Assert.Contains("overview1", Html.Text(await reader.GetStringAsync(silo.Address)), StringComparison.Ordinal);
    }
}
