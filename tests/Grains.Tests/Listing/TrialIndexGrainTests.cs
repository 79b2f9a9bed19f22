using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Listing;

/// <summary>The index of a sweep's trials in a cluster of two silos: it lists what the sweep has, whatever happens to either.</summary>
public sealed class TrialIndexGrainTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start(silos: 2);
        _cluster.BeforeForming = _ => throw new BadInputException("These trials have no weights.");
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    private ITrialIndexGrain Index(string sweep = "sweep") => _cluster.Client.GetGrain<ITrialIndexGrain>(sweep);

    [Theory]
    [InlineData(-1)]
    [InlineData(61)]
    public async Task A_patience_that_nobody_has_is_refused(int seconds)
    {
        var refused = await Assert.ThrowsAsync<BadInputException>(() => Index().GetOverview(new TrialQuestion(), TimeSpan.FromSeconds(seconds), CancellationToken.None));

        Assert.Equal($"'patience': {seconds} s is not from 0 to 60 s.", refused.Message);
    }

    [Fact]
    public async Task It_lists_what_the_sweep_has_while_that_runs_and_after_it_has_ended()
    {
        var sweep = await _cluster.Submit("sweep", Request(margins: 6));
        await AssertSame();
        var ended = 0;
        foreach (var status in new[] { TrialStatus.Completed, TrialStatus.Unusable, TrialStatus.Completed })
        {
            (await Trainings.Next()).End(Some.Result(status) with { Validation = Some.Metrics(0.2 - (0.05 * ended)), Seconds = ended });
            ended++;
            await TestCluster.Until(sweep, progress => progress.EndedInAll == ended);
            await AssertSame();
        }

        await sweep.Cancel(CancellationToken.None);
        foreach (var training in Trainings.All)
            training.Obey();
        await TestCluster.Until(sweep, progress => progress.Phase is SweepPhase.Cancelled or SweepPhase.Forming or SweepPhase.Completed);
        await AssertSame();
    }

    [Fact]
    public async Task It_lists_the_same_after_the_sweep_or_the_index_was_lost()
    {
        Trainings.AtOnce = lease => Result(lease);
        var sweep = await _cluster.Submit("sweep", Request(margins: 30));
        await TestCluster.Until(sweep, SweepPhase.Completed);
        var before = await AssertSame();

        await _cluster.Lose(sweep);
        Assert.Equal(before.Select(trial => trial.Trial), (await AssertSame()).Select(trial => trial.Trial));
        await _cluster.Lose(Index());
        await AssertSame();
    }

    [Fact]
    public async Task Plots_and_importance_are_of_the_trials_that_have_ended_and_of_those_asked_for()
    {
        var sweep = await _cluster.Submit("sweep", Request(margins: 6));
        for (var ended = 1; ended <= 4; ended++)
        {
            var training = await Trainings.Next();
            training.End(Result(training.Lease));
            await TestCluster.Until(sweep, progress => progress.EndedInAll == ended);
            Assert.Equal(ended, await Measured());
            Assert.Equal(ended, await Measured());
            if (ended > 1)
                Assert.Equal([ended, ended], [await Trials(), await Trials()]);
        }

        Assert.InRange(await Measured("margin:..2"), 0, 2);
        Assert.Equal(4, await Measured());
        await sweep.Cancel(CancellationToken.None);
        foreach (var training in Trainings.All)
            training.Obey();

        async Task<int> Measured(params string[] where) => (await Index().GetPlots(new TrialQuestion { Where = [.. where] }, CancellationToken.None)).Measured;

        async Task<int> Trials() => (await sweep.GetImportance(CancellationToken.None)).Trials;
    }

    [Fact]
    public async Task Many_can_ask_at_once_while_trials_end()
    {
        Trainings.AtOnce = lease => Result(lease);
        var sweep = await _cluster.Submit("sweep", Request(margins: 200));
        var known = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ask()));

        Assert.All(known, one => Assert.Equal(200, one));
        Assert.Equal(200, (await AssertSame()).Length);

        async Task<int> Ask()
        {
            while (true)
            {
                var progress = await sweep.GetProgress(int.MaxValue, CancellationToken.None);
                var overview = await Index().GetOverview(new TrialQuestion { Sort = "-margin", Limit = 20 }, TestCluster.Patience, CancellationToken.None);
                Assert.Equal(overview.Known, overview.Counts.Values.Sum());
                Assert.InRange(overview.Counts.GetValueOrDefault(TrialStatus.Completed), Math.Min(progress.EndedInAll, overview.Known), 200);
                if (progress.Phase is SweepPhase.Completed)
                    return overview.Known;
            }
        }
    }

    [Fact]
    public async Task It_follows_a_retry()
    {
        Trainings.AtOnce = lease => lease.Spec.Hyperparameters.Margin < 4 ? Some.Result(TrialStatus.Failed) : Result(lease);
        var sweep = await _cluster.Submit("sweep", Request(margins: 8) with { Retries = 0 });
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 8 && progress.Phase is SweepPhase.Completed);
        Assert.Equal(3, await Matching("failed"));

        Trainings.AtOnce = lease => Result(lease);
        await sweep.Retry(CancellationToken.None);
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 8 && progress.Phase is SweepPhase.Completed);

        Assert.Equal(0, await Matching("failed"));
        await AssertSame();
    }

    [Fact]
    public async Task It_follows_an_extension()
    {
        Trainings.AtOnce = lease => Result(lease);
        var request = new SweepRequest
        {
            Space = new SearchSpace { Dimensions = [new Dimension { Hyperparameter = "margin", Range = new NumberRange(0.1, 4, IsLog: false) }] },
            Search = SearchKind.Random,
            Points = 5,
        };
        var sweep = await _cluster.Submit("sweep", request);
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(5, (await AssertSame()).Length);

        await sweep.Extend(9, new StopRule(), CancellationToken.None);
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 9 && progress.Phase is SweepPhase.Completed);

        Assert.Equal(9, (await AssertSame()).Length);
    }

    [Fact]
    public async Task An_overview_has_the_best_trials_those_apart_and_what_differs()
    {
        Trainings.AtOnce = lease => lease.Spec.Hyperparameters.Margin <= 12 ? Some.Result(TrialStatus.Unusable) : Result(lease);
        await TestCluster.Until(await _cluster.Submit("sweep", Request(margins: 20)), SweepPhase.Completed);

        var overview = await Index().GetOverview(new TrialQuestion { States = ["completed"], Limit = 3 }, TestCluster.Patience, CancellationToken.None);

        Assert.Equal([13, 14, 15], overview.Page.Trials.Select(trial => trial.Spec.Hyperparameters.Margin!.Value));
        Assert.Equal((8, 20, 20), (overview.Page.Matching, overview.Known, overview.Trials));
        Assert.Equal([13, 14, 15, 16, 17, 18], overview.Best.Select(trial => trial.Spec.Hyperparameters.Margin!.Value));
        Assert.Equal((TrialOverview.MostApart, 12), (overview.Apart.Length, overview.Counts[TrialStatus.Unusable]));
        Assert.Equal("margin", Assert.Single(overview.Differences.Hyperparameters));
        Assert.Equal((false, false), (overview.Differences.Shards, overview.Differences.Seeds));
    }

    [Fact]
    public async Task Plots_have_every_trial_that_was_asked_for_if_there_are_few()
    {
        Trainings.AtOnce = lease => lease.Spec.Hyperparameters.Margin > 12 ? Some.Result(TrialStatus.Unusable) : Result(lease);
        await TestCluster.Until(await _cluster.Submit("sweep", Request(margins: 14)), SweepPhase.Completed);

        var plots = await Index().GetPlots(new TrialQuestion { Where = ["margin:3.."] }, CancellationToken.None);

        Assert.Equal((10, 10), (plots.Measured, plots.Trials.Length));
        Assert.Equal(Enumerable.Range(3, 10).Select(margin => (double?)margin), plots.Trials.Select(trial => trial.Spec.Hyperparameters.Margin));
        Assert.Equal("margin", Assert.Single(plots.ByHyperparameter).Hyperparameter);
        Assert.Equal(10, plots.ByHyperparameter[0].Trials.Length);
        Assert.Equal(10, plots.Lines.Length);
        Assert.Equal(Enumerable.Range(1, 10), plots.Course.Select(point => point.Place));
        Assert.Equal(0.03, plots.Course.Last(point => point.IsBest).Eer);
        Assert.Equal(14, plots.Values.Single(values => values.Hyperparameter == "margin").Count);
    }

    [Fact]
    public async Task Whoever_has_no_patience_gets_what_is_known()
    {
        Trainings.AtOnce = lease => Result(lease);
        await TestCluster.Until(await _cluster.Submit("sweep", Request(margins: 4)), SweepPhase.Completed);

        var overview = await Index().GetOverview(new TrialQuestion(), TimeSpan.Zero, CancellationToken.None);

        Assert.InRange(overview.Known, 0, 4);
        await TestCluster.Until(async () => (await Index().GetOverview(new TrialQuestion(), TimeSpan.FromMilliseconds(5), CancellationToken.None)).Known == 4);
    }

    [Fact]
    public async Task A_sweep_that_does_not_exist_or_was_removed_has_no_trials()
    {
        Assert.Equal(0, (await Index("nobody").GetPage(new TrialQuestion(), CancellationToken.None)).Matching);
        Trainings.AtOnce = lease => Result(lease);
        var sweep = await _cluster.Submit("sweep", Request(margins: 4));
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(4, await Matching());

        await sweep.Remove(CancellationToken.None);

        Assert.Equal(0, await Matching());
    }

    [Fact]
    public async Task A_sweep_that_replaces_one_that_never_trained_has_its_own_trials()
    {
        var sweep = await _cluster.Submit("sweep", Request(margins: 4) with { StartWhenPrepared = false });
        await TestCluster.Until(sweep, SweepPhase.Prepared);
        Assert.Equal(4, (await AssertSame()).Length);
        await sweep.Cancel(CancellationToken.None);

        await _cluster.Submit("sweep", Request(margins: 2) with { StartWhenPrepared = false });
        await TestCluster.Until(sweep, SweepPhase.Prepared);

        Assert.Equal([1, 2], (await AssertSame()).Select(trial => trial.Spec.Hyperparameters.Margin!.Value).Order());
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused() => Assert.Contains(
        "there is no order 'luck'",
        (await Assert.ThrowsAsync<BadInputException>(() => Index().GetPage(new TrialQuestion { Sort = "luck" }, CancellationToken.None))).Message,
        StringComparison.Ordinal);

    private static SweepRequest Request(int margins) => new() { Space = SearchSpace.Of(("margin", [.. Enumerable.Range(1, margins).Select(margin => (HyperparameterValue)margin)])), Seeds = [1] };

    /// <summary>A larger margin is worse.</summary>
    private static TrialResult Result(Lease lease) =>
        Some.Result(TrialStatus.Completed, lease.Sweep) with { Seconds = 2, Validation = Some.Metrics(lease.Spec.Hyperparameters.Margin!.Value / 100) };

    private async Task<int> Matching(params string[] states) => (await Index().GetPage(new TrialQuestion { States = [.. states] }, CancellationToken.None)).Matching;

    /// <summary>Compares the index with all trials of the sweep, until both were asked without anything between.</summary>
    private async Task<ImmutableArray<TrialReport>> AssertSame()
    {
        var random = new Random(1);
        var lists = Enumerable.Range(0, 12).Select(_ => NaiveList.Random(random)).ToArray();
        var all = ImmutableArray<TrialReport>.Empty;
        await TestCluster.Until(async () =>
        {
            all = await _cluster.Trials("sweep");
            var pages = new List<TrialPage>();
            foreach (var list in lists)
                pages.Add(await Index().GetPage(list.Question, CancellationToken.None));
            var still = await _cluster.Trials("sweep");
            if (!all.Select(Facts).SequenceEqual(still.Select(Facts)))
                return false;
            foreach (var (list, page) in lists.Zip(pages))
            {
                var ids = list.Ids(all);
                Assert.Equal(ids.Take(list.Question.Limit), page.Trials.Select(trial => trial.Trial));
                Assert.Equal((ids.Length, ids.Length > list.Question.Limit), (page.Matching, page.Next is not null));
                Assert.All(page.Trials, trial => Assert.Equal(Facts(all.Single(other => other.Trial == trial.Trial)), Facts(trial)));
            }

            return true;
        });
        return all;
    }

    private static (string, TrialStatus, double?, double?, int?) Facts(TrialReport trial) => (trial.Trial, trial.Status, trial.Result?.Validation?.Eer, trial.Result?.Seconds, trial.Result?.Epochs.Length);
}
