using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Trials;
using Siamese.Model.Training;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>What happens when memory, a write or a silo is lost during a sweep.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private static readonly TimeSpan _pastTheTerm = TimeSpan.FromSeconds(13);

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task After_a_loss_of_memory_a_sweep_continues_with_its_leased_trials()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3) with { Slots = 2 });
        (await Trainings.Next()).End();
        var running = await Trainings.Next(2);
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 1);
        await _cluster.Lose(sweep);

        var resumed = await TestCluster.Until(sweep, progress => progress.Running.Length == 2);
        Assert.Equal((1, 0), (resumed.EndedInAll, resumed.Waiting));
        foreach (var training in running)
            training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(3, Trainings.All.Count);
        Assert.All(Trainings.All, training => Assert.Equal(1, training.Lease.Fence));
    }

    [Fact]
    public async Task After_a_loss_of_memory_a_sweep_keeps_its_slot_limit()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2) with { Slots = 1 });
        var first = await Trainings.Next();
        await _cluster.Lose(sweep);
        await TestCluster.Until(sweep, progress => progress.Running.Length == 1);
        await _cluster.Submit("other", Some.Request(9));

        Assert.Equal(9, (await Trainings.Next()).Lease.Spec.Seed);
        first.End();
        Assert.Equal(2, (await Trainings.Next()).Lease.Spec.Seed);
    }

    [Fact]
    public async Task After_a_loss_of_memory_a_sweep_can_stop_its_trainers()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        var running = await Trainings.Next(2);
        await _cluster.Lose(sweep);

        Assert.True(await sweep.CancelTrial(running[0].Lease.Trial, CancellationToken.None));
        await TestCluster.Until(() => Task.FromResult(running[0].Cancellation.IsCancellationRequested));
        await _cluster.Lose(sweep);
        await sweep.Cancel(CancellationToken.None);
        await TestCluster.Until(() => Task.FromResult(running[1].Cancellation.IsCancellationRequested));
        await TestCluster.Until(sweep, SweepPhase.Cancelled);
    }

    [Fact]
    public async Task After_a_loss_of_memory_a_trial_accepts_reports_of_its_trainer()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        await _cluster.Lose(_cluster.Trial(training.Lease.Trial));
        training.Report(Some.Epoch(7));

        Assert.Equal(7, (await TestCluster.Until(sweep, progress => progress.Running is [{ Epoch: not null }])).Running[0].Epoch!.Epoch);
        training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
    }

    [Fact]
    public async Task After_a_loss_of_memory_the_board_knows_its_sweeps()
    {
        await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var running = await Trainings.Next(2);
        await _cluster.Lose(_cluster.Board);
        running[0].End();

        Assert.Equal(3, (await Trainings.Next()).Lease.Spec.Seed);
    }

    /// <summary>A deactivating board accepts no calls until every sweep that it has called has answered.</summary>
    [Fact]
    public async Task A_board_that_deactivates_while_it_waits_for_a_lease_blocks_no_sweep()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3) with { Slots = 2 });
        var trainings = await Trainings.Next(2);
        var (asked, lease) = (new TaskCompletionSource(), new TaskCompletionSource());
        var known = trainings.Select(training => _cluster.Trial(training.Lease.Trial).GetGrainId()).ToHashSet();
        _cluster.Stored.BeforeWrite = (name, grain) =>
        {
            if (name != "trial" || known.Contains(grain))
                return Task.CompletedTask;
            asked.TrySetResult();
            return lease.Task;
        };
        trainings[0].End();
        await asked.Task;
        var leaving = _cluster.Lose(_cluster.Board);

        trainings[1].End();
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 2);
        lease.SetResult();
        await leaving.WaitAsync(TestCluster.Patience);
        (await Trainings.Next()).End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
    }

    [Fact]
    public async Task A_trial_is_trained_again_after_its_holder_is_silent_for_a_term_and_the_late_report_is_refused()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var first = await Trainings.Next();
        var next = Trainings.Next();
        // The holder may renew the lease just before the sweep asks for it: then another term passes.
        do
            _cluster.Clock.PutForward(_pastTheTerm);
        while (await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(3))) != next);
        var second = await next;
        var trial = _cluster.Trial(first.Lease.Trial);

        Assert.Equal((1, 2), (first.Lease.Fence, second.Lease.Fence));
        Assert.Equal(Directive.Stale, await trial.Report(1, Some.Epoch(1), CancellationToken.None));
        Assert.False(await trial.Complete(1, Some.Result(TrialStatus.Failed), CancellationToken.None));
        first.Report(Some.Epoch(1));
        await TestCluster.Until(() => Task.FromResult(first.Cancellation.IsCancellationRequested));
        first.End(TrialStatus.Failed);
        second.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(TrialStatus.Completed, (await _cluster.Trials("sweep"))[0].Status);
    }

    [Fact]
    public async Task A_result_that_could_not_be_written_is_reported_again()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        var failures = FailToWrite("trial", times: 2);
        training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(2, failures());
        Assert.Equal(TrialStatus.Completed, (await _cluster.Trials("sweep"))[0].Status);
        Assert.Single(Trainings.All);
    }

    [Fact]
    public async Task After_a_failed_write_a_sweep_continues_from_its_stored_state()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        var running = await Trainings.Next(2);
        var failures = FailToWrite("sweep", times: 2);
        running[0].End();
        running[1].End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(2, failures());
        Assert.Equal(2, (await sweep.GetProgress(0, CancellationToken.None)).Ended.Select(trial => trial.Trial).Distinct().Count());
    }

    [Fact]
    public async Task A_sweep_that_could_not_be_stored_is_not_accepted()
    {
        FailToWrite("sweep", times: 1);

        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.Submit("sweep", Some.Request()));

        Assert.Equal(SweepPhase.Unknown, (await _cluster.Sweep("sweep").GetProgress(0, CancellationToken.None)).Phase);
        await _cluster.Submit("sweep", Some.Request());
        (await Trainings.Next()).End();
        await TestCluster.Until(_cluster.Sweep("sweep"), SweepPhase.Completed);
    }

    [Fact]
    public async Task A_sweep_that_could_not_be_posted_to_the_board_at_once_is_still_trained()
    {
        FailToWrite("board", times: 2);
        var sweep = await _cluster.Submit("sweep", Some.Request());
        await _cluster.Submit("sweep", Some.Request());

        (await Trainings.Next()).End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
    }

    [Fact]
    public async Task A_start_that_could_not_be_posted_to_the_board_at_once_is_not_lost()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { StartWhenPrepared = false });
        await TestCluster.Until(sweep, SweepPhase.Prepared);
        await TestCluster.Until(async () => (await _cluster.Board.List(CancellationToken.None)) is [{ Phase: SweepPhase.Prepared }]);
        var failures = FailToWrite("board", times: 1);
        await sweep.Start(CancellationToken.None);
        await TestCluster.Until(() => Task.FromResult(failures() == 1));
        await _cluster.Lose(sweep);
        await sweep.GetProgress(0, CancellationToken.None);

        (await Trainings.Next()).End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
    }

    [Fact]
    public async Task An_end_that_was_stored_but_not_posted_is_posted_later()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        FailToWrite("board", times: int.MaxValue);
        training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        await _cluster.Lose(sweep);
        await _cluster.Lose(_cluster.Board);
        Assert.Equal(SweepPhase.Running, (await _cluster.Board.List(CancellationToken.None)).Single().Phase);
        _cluster.Stored.FailsToWrite = (_, _) => false;

        // Slots that ask for work wake the sweep.
        await TestCluster.Until(async () => (await _cluster.Board.List(CancellationToken.None)) is [{ Phase: SweepPhase.Completed }]);
    }

    [Fact]
    public async Task A_sweep_whose_ensemble_blobs_are_gone_ends_with_the_reason()
    {
        Trainings.AtOnce = _ => Some.Result() with
        {
            Validation = Some.Metrics(),
            WeightsBlob = new string('a', 64),
            EmbeddingsBlob = new string('b', 64),
        };
        var sweep = await _cluster.Submit("sweep", Some.Request());

        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Contains($"Blob {new string('b', 64)} is not in", ended.Problem, StringComparison.Ordinal);
        Assert.Null(ended.Ensemble);
        Assert.Null(await _cluster.Client.GetGrain<IEnsembleGrain>("sweep").GetNewest(CancellationToken.None));
        Assert.Equal(0, await sweep.Remove(CancellationToken.None));
    }

    [Fact]
    public async Task A_trainer_that_is_called_where_its_trial_is_not_trained_takes_no_slot()
    {
        var trainer = _cluster.Client.GetGrain<ITrainerGrain>("trial/7");
        await trainer.Direct(Directive.Cancel, CancellationToken.None);
        await trainer.Attend(CancellationToken.None);

        Assert.Empty(Trainings.All);
        await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        await Trainings.Next(2);
        Assert.Null(await _cluster.Board.Claim(new SlotHolder("none", 1, "other code"), CancellationToken.None));
    }

    [Fact]
    public async Task A_trial_is_leased_only_to_a_silo_with_the_same_training_code()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        await Trainings.Next(2);
        await TestCluster.Until(sweep, progress => progress.Running.Length == 2);

        Assert.Null(await _cluster.Board.Claim(new SlotHolder("old", 1, "other code"), CancellationToken.None));
        Assert.NotNull(await _cluster.Board.Claim(new SlotHolder("new", 1, CodeVersion.Current), CancellationToken.None));
    }

    /// <summary>Makes the next writes of a state fail; the result returns how many have failed.</summary>
    private Func<int> FailToWrite(string stateName, int times)
    {
        var failed = 0;
        _cluster.Stored.FailsToWrite = (name, _) => name == stateName && failed < times && Interlocked.Increment(ref failed) > 0;
        return () => failed;
    }
}
