using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Sweeps whose trials are not all known in advance, or not all fully trained.</summary>
public sealed class AdaptiveSweepTests : IAsyncLifetime
{
    private static readonly SearchSpace _space = new()
    {
        Dimensions =
        [
            new Dimension { Hyperparameter = "learning-rate", Range = new(1e-4, 1e-2, IsLog: true) },
            new Dimension { Hyperparameter = "epochs", Values = [9] },
        ],
    };

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task Points_are_proposed_when_slots_ask_and_survive_a_loss_of_memory()
    {
        var sweep = await _cluster.Submit("sweep", Tpe(6));
        var (first, second) = (await Trainings.Next(), await Trainings.Next());
        var running = await TestCluster.Until(sweep, progress => progress.Running.Length == 2);
        Assert.Equal((6, 4, 6), (running.Plan!.Trials, running.Waiting, running.Points));
        Assert.Equal(2, (await _cluster.Trials("sweep")).Length);

        await _cluster.Lose(sweep);
        End(first);
        End(second);
        for (var trial = 2; trial < 6; trial++)
            End(await Trainings.Next());
        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(6, Trainings.All.Count);
        Assert.Equal(6, (await _cluster.Trials("sweep")).Select(trial => trial.Spec.Hyperparameters.LearningRate).Distinct().Count());
    }

    [Fact]
    public async Task Every_point_is_trained_with_every_seed_before_the_next_is_proposed()
    {
        Trainings.AtOnce = _ => Some.Result();
        var sweep = await _cluster.Submit("sweep", Tpe(3) with { Seeds = [1, 2] });
        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.All((await _cluster.Trials("sweep")).GroupBy(trial => trial.Spec.Hyperparameters), point => Assert.Equal([1, 2], point.Select(trial => trial.Spec.Seed).Order()));
        Assert.Equal(6, Trainings.All.Count);
    }

    [Fact]
    public async Task A_space_with_fewer_points_than_requested_ends_with_all_its_points()
    {
        Trainings.AtOnce = _ => Some.Result();
        var sweep = await _cluster.Submit("sweep", Tpe(20) with { Space = SearchSpace.Of(("margin", [1, 2, 5])) });
        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal((3, 3, 3), (ended.Plan!.Trials, ended.EndedInAll, ended.Points));
        Assert.Contains("equivalent to another", ended.LeftOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SearchKind.Tpe)]
    [InlineData(SearchKind.Random)]
    public async Task An_ended_sweep_continues_with_added_points(SearchKind search)
    {
        Trainings.AtOnce = _ => Some.Result();
        var sweep = await _cluster.Submit("sweep", Tpe(2) with { Search = search });
        await TestCluster.Until(sweep, SweepPhase.Completed);
        var before = await _cluster.Trials("sweep");

        await sweep.Extend(5, new StopRule(), CancellationToken.None);
        await sweep.Extend(5, new StopRule(), CancellationToken.None);
        var ended = await TestCluster.Until(sweep, progress => progress.Phase is SweepPhase.Completed && progress.EndedInAll == 5);

        Assert.Equal((5, 5), (ended.Plan!.Trials, ended.Points));
        Assert.Equal(5, Trainings.All.Count);
        Assert.Subset((await _cluster.Trials("sweep")).Select(trial => trial.Trial).ToHashSet(), before.Select(trial => trial.Trial).ToHashSet());
        await _cluster.Lose(sweep);
        Assert.Equal(5, (await _cluster.Trials("sweep")).Length);
        // The original command still matches this sweep.
        await sweep.Submit(Tpe(2) with { Search = search }, CancellationToken.None);
    }

    [Fact]
    public async Task A_grid_cannot_be_extended()
    {
        Trainings.AtOnce = _ => Some.Result();
        var sweep = await _cluster.Submit("sweep", Some.Request());
        await TestCluster.Until(sweep, SweepPhase.Completed);
        var e = await Assert.ThrowsAsync<BadInputException>(() => sweep.Extend(5, new StopRule(), CancellationToken.None));
        Assert.Contains("is a grid", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BadInputException>(() => _cluster.Sweep("none").Extend(5, new StopRule(), CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_search_proposes_nothing_more()
    {
        var sweep = await _cluster.Submit("sweep", Tpe(50));
        foreach (var training in await Trainings.Next(2))
            training.Obey();
        await sweep.Cancel(CancellationToken.None);
        var ended = await TestCluster.Until(sweep, SweepPhase.Cancelled);
        Assert.Equal((2, 0, 2), (ended.EndedInAll, ended.Waiting, ended.Points));
    }

    [Fact]
    public async Task A_sweep_stops_when_a_point_reaches_the_requested_EER()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2) with { Space = SearchSpace.Of(("margin", [1, 2, 3])), Stop = new StopRule(Eer: 0.02) });
        // The first seed alone may be luck. Wait for both: as soon as one ends, the next point begins.
        var point = await Trainings.Next(2);
        point[0].End(Usable(0.01));
        point[1].End(Usable(0.02));
        var ended = await TestCluster.Until(sweep, progress => progress.Stopped is not null);
        Assert.Equal("stopped at a validation EER of 1.50 %, as requested", ended.Stopped);
        foreach (var training in Trainings.All)
            training.Obey();
        ended = await TestCluster.Until(sweep, progress => progress.Phase is SweepPhase.Completed);
        Assert.Equal(6, ended.EndedInAll);
        Assert.Contains(await _cluster.Trials("sweep"), trial => trial.Status is TrialStatus.Cancelled && trial.Result!.Reason == ended.Stopped);
    }

    [Fact]
    public async Task A_sweep_stops_when_its_time_is_up_and_continues_when_it_is_extended()
    {
        var sweep = await _cluster.Submit("sweep", Tpe(50) with { Stop = new StopRule(After: TimeSpan.FromMinutes(30)) });
        foreach (var training in await Trainings.Next(2))
            training.Obey();
        _cluster.Clock.PutDateForward(TimeSpan.FromMinutes(31));
        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(("stopped after 30 min, as requested", 2), (ended.Stopped, ended.Points));

        await sweep.Extend(3, new StopRule(), CancellationToken.None);
        (await Trainings.Next()).End();
        ended = await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal((null, 3), (ended.Stopped, ended.Points));
    }

    [Fact]
    public async Task A_trial_that_falls_behind_is_paused_with_its_checkpoint_and_resumes_once_it_is_among_the_best()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3) with { Space = SearchSpace.Of(("epochs", [9])), Prune = PruneKind.Asha, Slots = 1 });
        var first = await Trainings.Next();
        Report(first, 0.1);
        await Pause(first, epoch: 1);
        var second = await Trainings.Next();
        Report(second, 0.2);
        await Pause(second, epoch: 1);
        var third = await Trainings.Next();
        Report(third, 0.3);
        await Pause(third, epoch: 1);

        // The best third of three is the first.
        var promoted = await Trainings.Next();
        Assert.Equal((first.Lease.Trial, 2, 1), (promoted.Lease.Trial, promoted.Lease.Fence, promoted.Lease.From!.Epoch));
        promoted.End(Usable(0.05));
        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(3, ended.EndedInAll);
        var trials = (await _cluster.Trials("sweep")).ToDictionary(trial => trial.Trial);
        Assert.Equal(TrialStatus.Completed, trials[first.Lease.Trial].Status);
        Assert.Equal(TrialStatus.Pruned, trials[second.Lease.Trial].Status);
        Assert.Equal(0.2, trials[second.Lease.Trial].Result!.Epochs.Single().ValidationEer);
    }

    /// <summary>Stops once the trainer gets the order to hand back, as the training thread does.</summary>
    private static async Task Pause(Clusters.Training training, int epoch)
    {
        await TestCluster.Until(() => Task.FromResult(training.Checkpoints.AreDue(endsEpoch: false)));
        training.Obey();
        training.Checkpoints.Take(Some.Snapshot(epoch));
    }

    private static void Report(Clusters.Training training, double eer) => training.Report(new EpochReport(1, 9, 0.5, eer, 1) { Curve = [eer] });

    private static void End(Clusters.Training training) => training.End(Usable(training.Lease.Spec.Hyperparameters.LearningRate));

    private static TrialResult Usable(double eer) => Some.Result() with { Validation = Some.Metrics(eer) };

    private static SweepRequest Tpe(int points) => Some.Request() with { Space = _space, Search = SearchKind.Tpe, Points = points };
}
