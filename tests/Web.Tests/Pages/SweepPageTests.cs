using System.Net;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The page of a sweep, as a browser without scripts has it.</summary>
public sealed class SweepPageTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task It_shows_the_result_and_the_trials_by_what_varies()
    {
        await silo.Train();

        var page = await _http.GetStringAsync($"sweeps/{ApiSilo.Ensemble}");

        var text = Html.Text(page);
        Assert.Contains("State completed", text, StringComparison.Ordinal);
        Assert.Contains("Trials ended 2 of 2", text, StringComparison.Ordinal);
        Assert.Matches(@"Ensemble's EER on test pairs \d+\.\d\d % 95 %: ", text);
        var rows = Html.Rows(page);
        Assert.Equal(["Trial", "seed", "Validation EER ▲", "AUC", "Epochs", "Time", "State"], rows[0]);
        Assert.Equal(["1", "2"], rows.Skip(1).Select(row => row[1]).Order());
        Assert.All(rows.Skip(1), row => Assert.Equal("completed", row[^1]));
        Assert.DoesNotContain("data-live", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_goes_on_states_the_stream_of_what_happens_next()
    {
        await Submit("live", trials: 3, steps: 1000);

        var page = await _http.GetStringAsync("sweeps/live");

        Assert.Matches("data-live=\"../api/v1/sweeps/live/events\\?after=\\d\"", page);
    }

    [Fact]
    public async Task A_long_table_has_pages_that_keep_its_filter_and_its_order()
    {
        await Submit("many", trials: 60, steps: 1);

        var first = await _http.GetStringAsync("sweeps/many?where=margin:2..&sort=-margin&state=waiting&state=running&state=completed&state=unusable");
        var next = Html.Links(first).Single(link => link.Contains("after=", StringComparison.Ordinal));
        var second = await _http.GetStringAsync(new Uri(new Uri(silo.Address, "sweeps/many"), next));

        double[] margins = [.. Margins(first), .. Margins(second)];
        Assert.Equal(50, Margins(first).Count());
        Assert.Equal(margins.OrderDescending(), margins);
        Assert.Equal(59, margins.Distinct().Count());
        Assert.Equal(2, margins[^1]);
    }

    [Fact]
    public async Task A_condition_that_cannot_be_read_is_explained_on_a_page()
    {
        await silo.Train();
        using var answer = await _http.GetAsync($"sweeps/{ApiSilo.Ensemble}?where=width:1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("there is no hyperparameter 'width'", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_does_not_exist_is_not_found_as_a_page()
    {
        using var answer = await _http.GetAsync("sweeps/nobody");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no sweep 'nobody'", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_cancelled_and_removed_after_a_question()
    {
        await Submit("unwanted", trials: 2, steps: 5000);

        Assert.Contains("sweeps/unwanted/cancel", string.Join(' ', Html.Links(await _http.GetStringAsync("sweeps/unwanted"))), StringComparison.Ordinal);
        using (var cancelled = await Confirm("sweeps/unwanted/cancel"))
            Assert.Equal("/sweeps/unwanted", cancelled.RequestMessage!.RequestUri!.AbsolutePath);
        await silo.Until("unwanted", SweepPhase.Cancelled);
        using (var removed = await Confirm("sweeps/unwanted/remove"))
            Assert.Equal("/", removed.RequestMessage!.RequestUri!.AbsolutePath);
        using var gone = await _http.GetAsync("sweeps/unwanted");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_done_with_it_by_a_form_that_is_not_from_here()
    {
        await Submit("kept", trials: 1, steps: 5000);
        using var form = new FormUrlEncodedContent([]);
        using var answer = await _http.PostAsync("sweeps/kept/cancel", form);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("not from a page of this cluster", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.NotEqual(SweepPhase.Cancelled, (await silo.Grains.GetGrain<ISweepGrain>("kept").GetProgress(0, CancellationToken.None)).Phase);
    }

    [Fact]
    public async Task Actions_are_offered_to_those_who_may_do_them()
    {
        await silo.Train();
        using var reader = await silo.Connect("actions1", Role.Read);
        using var administrator = await silo.Connect("actions2", Role.Administer);
        var address = new Uri(silo.Address, $"sweeps/{ApiSilo.Ensemble}");

        Assert.DoesNotContain("Remove…", await Text(reader, address), StringComparison.Ordinal);
        Assert.Contains("Remove…", await Text(administrator, address), StringComparison.Ordinal);
        Assert.DoesNotContain("Cancel…", await Text(administrator, address), StringComparison.Ordinal);
    }

    private static async Task<string> Text(HttpClient http, Uri address) => Html.Text(await http.GetStringAsync(address));

    private static IEnumerable<double> Margins(string page) =>
        Html.Rows(page).SkipWhile(row => row is not ["Trial", "margin ▼", ..]).Skip(1).TakeWhile(row => row.Length > 5).Select(row => double.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture));

    private async Task<HttpResponseMessage> Confirm(string address)
    {
        using var form = Html.Form(await _http.GetStringAsync(address));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        return await _http.SendAsync(request);
    }

    private async Task Submit(string name, int trials, int steps)
    {
        await silo.Grains.GetGrain<ISweepGrain>(name).Submit(
            new SweepRequest { Space = SearchSpace.Of(("epochs", [1]), ("steps", [steps]), ("margin", [.. Enumerable.Range(1, trials).Select(margin => (HyperparameterValue)margin)])), Seeds = [1] }, CancellationToken.None);
        await silo.Until(name, SweepPhase.Running, SweepPhase.Forming, SweepPhase.Completed);
    }
}
