using System.Net;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The page of a trial, as a browser without scripts has it.</summary>
public sealed class TrialPageTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task It_shows_curves_hyperparameters_leases_and_epochs()
    {
        await silo.Train();
        var trial = (await silo.Grains.GetGrain<ISweepGrain>(ApiSilo.Ensemble).GetTrials(CancellationToken.None))[0];

        var page = await _http.GetStringAsync($"trials/{trial.Trial}");

        var text = Html.Text(page);
        Assert.Contains($"Trial {trial.Trial[..8]} {trial.Trial}", text, StringComparison.Ordinal);
        Assert.Contains("State completed", text, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Validation EER by epoch\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Training loss by epoch\"", page, StringComparison.Ordinal);
        var rows = Html.Rows(page);
        Assert.Contains(rows, row => row is ["seed", _]);
        Assert.Contains(rows, row => row is ["encoder", "conv"]);
        var lease = rows.Single(row => row.Length == 8 && row[2] == ApiSilo.Ensemble);
        Assert.Equal(("1", "the beginning", "completed"), (lease[0], lease[4], lease[7]));
        Assert.Contains(rows, row => row.Length == 4 && row[0] == "1" && row[2].EndsWith(" %", StringComparison.Ordinal));
        Assert.Contains($"sweeps/{ApiSilo.Ensemble}", string.Join(' ', Html.Links(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_distances_are_two_histograms_with_the_threshold()
    {
        await silo.Train();
        var trial = (await silo.Grains.GetGrain<ISweepGrain>(ApiSilo.Ensemble).GetTrials(CancellationToken.None))[0];

        var histogram = await silo.Grains.GetGrain<ITrialDistancesGrain>(trial.Trial).Measure(CancellationToken.None);
        var page = await _http.GetStringAsync($"trials/{trial.Trial}/distances");

        var validation = trial.Result!.Validation!;
        Assert.Equal(validation.Pairs, histogram.Same.Sum() + histogram.Different.Sum());
        Assert.Equal(validation.EerThreshold, histogram.Threshold);
        // The bin of the threshold aside, the shares beyond it are the equal error rate.
        var bin = (int)(histogram.Threshold / histogram.Width);
        Assert.InRange(validation.Eer, (double)histogram.Same.Skip(bin + 1).Sum() / histogram.Same.Sum(), (double)histogram.Same.Skip(bin).Sum() / histogram.Same.Sum());
        Assert.InRange(validation.Eer, (double)histogram.Different.Take(bin).Sum() / histogram.Different.Sum(), (double)histogram.Different.Take(bin + 1).Sum() / histogram.Different.Sum());
        Assert.Contains("aria-label=\"Distances of validation pairs\"", page, StringComparison.Ordinal);
        Assert.Contains("data-part=\"../trials/", await _http.GetStringAsync($"trials/{trial.Trial}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_that_nobody_trained_is_not_found()
    {
        using var answer = await _http.GetAsync("trials/0123");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no record of a trial '0123'", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_can_be_read_while_the_trial_is_trained()
    {
        await silo.Grains.GetGrain<ISweepGrain>("long").Submit(new SweepRequest { Space = Contracts.Tuning.SearchSpace.Of(("epochs", [50]), ("steps", [200])), Seeds = [7] }, CancellationToken.None);
        string? id = null;
        while (id is null)
            id = (await silo.Grains.GetGrain<ISweepGrain>("long").GetProgress(0, CancellationToken.None)).Running.FirstOrDefault(trial => trial.Epoch is not null)?.Trial;

        var text = Html.Text(await _http.GetStringAsync($"trials/{id}"));

        Assert.Contains("State running", text, StringComparison.Ordinal);
        Assert.Contains("being trained", text, StringComparison.Ordinal);
        Assert.NotNull((await silo.Grains.GetGrain<ITrialRecordGrain>(id).GetRecord(CancellationToken.None))!.Silo);
        await silo.Grains.GetGrain<ISweepGrain>("long").Cancel(CancellationToken.None);
    }
}
