using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Trials;
using Siamese.Grains.Workers;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Leases that are handed back, and trials that resume from their checkpoints, on two silos.</summary>
public sealed class ResumingTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(silos: 2, slots: 1);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task A_stopping_silo_writes_a_checkpoint_and_another_resumes_from_it()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        var (staying, leaving) = await OnEachSilo();
        staying.End();
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 1);
        var stopping = _cluster.Silos.StopSiloAsync(_cluster.Silos.Silos.Single(silo => silo.Name == leaving.Silo));
        await TestCluster.Until(() => Task.FromResult(leaving.Checkpoints.AreDue(endsEpoch: false)));
        leaving.Obey();
        leaving.Checkpoints.Take(Some.Snapshot(epoch: 3, batch: 4));
        await stopping.WaitAsync(TestCluster.Patience);

        var resumed = await Trainings.Next();
        Assert.Equal((2, staying.Silo), (resumed.Lease.Fence, resumed.Silo));
        var from = resumed.Lease.From!;
        Assert.Equal((1, 3, 4), (from.Fence, from.Epoch, from.Batch));
        Assert.Equal(Some.Snapshot(3, 4).Write(), await _cluster.Checkpoints.Get(resumed.Lease.Trial, from, CancellationToken.None));
        resumed.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        // The checkpoint is removed once the trial is complete.
        await TestCluster.Until(async () => await _cluster.Checkpoints.Delete(resumed.Lease.Trial, long.MaxValue, null, CancellationToken.None) == 0);
    }

    [Fact]
    public async Task The_next_lease_resumes_from_the_checkpoint_of_a_dead_silo()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        var (staying, dying) = await OnEachSilo();
        await Take(dying, epoch: 5);
        await _cluster.Silos.KillSiloAsync(_cluster.Silos.Silos.Single(silo => silo.Name == dying.Silo));
        staying.End();

        var resumed = await Trainings.Next();
        Assert.Equal((dying.Lease.Trial, 5), (resumed.Lease.Trial, resumed.Lease.From!.Epoch));
        resumed.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
    }

    [Fact]
    public async Task If_one_silo_cannot_get_the_data_the_trial_moves_to_another()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        var (staying, refusing) = await OnEachSilo();
        refusing.Fail(new DataUnavailableException("no room in /cache for 200 MB; make room"));
        var waiting = await TestCluster.Until(sweep, progress => progress.WaitingFor is { } why && why.Contains("no room", StringComparison.Ordinal));
        Assert.Equal($"for a free slot (refused by {refusing.Silo}: no room in /cache for 200 MB; make room)", waiting.WaitingFor);
        Assert.Contains("no room in /cache", (await _cluster.Trials("sweep")).Single(trial => trial.Trial == refusing.Lease.Trial).Why, StringComparison.Ordinal);
        staying.End();

        var elsewhere = await Trainings.Next();
        Assert.Equal((refusing.Lease.Trial, staying.Silo), (elsewhere.Lease.Trial, elsewhere.Silo));
        elsewhere.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(3, Trainings.All.Count);
    }

    [Fact]
    public async Task An_unreachable_store_does_not_count_as_a_failure_of_the_trial()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { Retries = 0 });
        var first = await Trainings.Next();
        first.Fail(new IOException("the store is away"));

        var second = await Trainings.Next();
        Assert.NotEqual(first.Silo, second.Silo);
        second.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(TrialStatus.Completed, Assert.Single(await _cluster.Trials("sweep")).Status);
    }

    [Fact]
    public async Task A_trial_that_runs_out_of_memory_while_it_trains_is_not_tried_forever()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { Retries = 1 });
        (await Trainings.Next()).Fail(new InsufficientMemoryException("first"));
        (await Trainings.Next()).Fail(new InsufficientMemoryException("second"));

        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(TrialStatus.Failed, Assert.Single(await _cluster.Trials("sweep")).Status);
    }

    [Fact]
    public async Task A_failing_trial_resumes_from_its_checkpoint_until_its_retries_are_used_up()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { Retries = 1 });
        var first = await Trainings.Next();
        await Take(first, epoch: 2);
        first.Fail(new InvalidOperationException("a bad day"));

        var second = await Trainings.Next();
        Assert.Equal((2, 2), (second.Lease.Fence, second.Lease.From!.Epoch));
        second.Fail(new BadInputException("it is still bad"));
        await TestCluster.Until(sweep, SweepPhase.Completed);
        var failed = Assert.Single(await _cluster.Trials("sweep"));
        Assert.Equal((TrialStatus.Failed, "it is still bad (failed on all 2 tries)"), (failed.Status, failed.Result!.Reason));
    }

    [Fact]
    public async Task Only_failed_trials_are_trained_again_when_the_user_retries()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2) with { Retries = 0 });
        var both = await Trainings.Next(2);
        await Take(both[0], epoch: 7);
        both[0].Fail(new InvalidOperationException("a bad day"));
        both[1].End();
        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal((2, 2), (ended.EndedInAll, ended.Cursor));

        Assert.Equal(1, await sweep.Retry(CancellationToken.None));
        Assert.Equal(1, await sweep.Retry(CancellationToken.None));
        var again = await Trainings.Next();
        Assert.Equal((both[0].Lease.Trial, 7), (again.Lease.Trial, again.Lease.From!.Epoch));
        Assert.Equal(1, (await sweep.GetProgress(0, CancellationToken.None)).EndedInAll);
        again.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        // A watcher that has read both lines now reads the lines after them.
        var since = await sweep.GetProgress(ended.Cursor, CancellationToken.None);
        Assert.Equal([TrialStatus.Waiting, TrialStatus.Completed], since.Ended.Select(trial => trial.Status));
        Assert.Equal((2, 4), (since.EndedInAll, since.Cursor));
        Assert.All(await _cluster.Trials("sweep"), trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        Assert.Equal(3, Trainings.All.Count);
        Assert.Equal(0, await sweep.Retry(CancellationToken.None));
    }

    [Fact]
    public async Task A_sweep_that_was_never_submitted_cannot_be_retried() =>
        await Assert.ThrowsAsync<BadInputException>(() => _cluster.Sweep("nobody").Retry(CancellationToken.None));

    [Fact]
    public async Task Training_continues_when_its_trainer_grain_is_deactivated()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        await _cluster.Lose(_cluster.Client.GetGrain<ITrainerGrain>($"{training.Lease.Trial}/1"));
        training.Report(Some.Epoch(3));

        Assert.Equal(3, (await TestCluster.Until(sweep, progress => progress.Running is [{ Epoch: not null }])).Running[0].Epoch!.Epoch);
        Assert.False(training.Cancellation.IsCancellationRequested);
        training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Single(Trainings.All);
    }

    [Fact]
    public async Task Reports_are_delivered_later_if_the_trial_cannot_be_written_or_read()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        _cluster.Stored.FailsToWrite = (name, _) => name == "trial";
        training.Report(Some.Epoch(1));
        training.End();
        await TestCluster.Until(() => Task.FromResult(_cluster.Stored.Failures > 1));
        Assert.Equal(SweepPhase.Running, (await sweep.GetProgress(0, CancellationToken.None)).Phase);
        _cluster.Stored.FailsToWrite = (_, _) => false;

        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(1, Assert.Single(Trainings.All).Lease.Fence);
    }

    /// <summary>Takes a checkpoint and waits until the trial has registered it.</summary>
    private static async Task Take(Clusters.Training training, int epoch)
    {
        training.Checkpoints.Take(Some.Snapshot(epoch));
        await TestCluster.Until(() => Task.FromResult(((CheckpointWriter)training.Checkpoints).IsIdle));
    }

    /// <summary>The trainings of a sweep of two trials; the one on the surviving silo comes first.</summary>
    private async Task<(Clusters.Training Staying, Clusters.Training Leaving)> OnEachSilo()
    {
        var both = await Trainings.Next(2);
        // The test's client is connected to the first silo.
        var staying = Assert.Single(both, training => training.Silo == _cluster.Silos.Silos[0].Name);
        return (staying, both.Single(training => training != staying));
    }
}
