using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Cancelling sweeps and trials, and removing them.</summary>
public sealed class CancellingTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task A_cancelled_sweep_keeps_finished_trials_and_stops_the_rest()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3, 4));
        var finished = await Trainings.Next();
        finished.End();
        var running = await Trainings.Next(2);
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 1);

        await sweep.Cancel(CancellationToken.None);
        await TestCluster.Until(sweep, SweepPhase.Cancelled);
        await sweep.Cancel(CancellationToken.None);

        // Slots that claim at the same time may begin in either order.
        Assert.Equal(
            [TrialStatus.Completed, TrialStatus.Cancelled, TrialStatus.Cancelled, TrialStatus.Cancelled],
            (await _cluster.Trials("sweep")).OrderByDescending(trial => trial.Trial == finished.Lease.Trial).Select(trial => trial.Status));
        await TestCluster.Until(() => Task.FromResult(running.All(training => training.Cancellation.IsCancellationRequested)));
        Assert.Equal(3, Trainings.All.Count);
    }

    [Fact]
    public async Task The_slots_of_a_cancelled_sweep_are_free_once_its_trainers_stop()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        foreach (var training in await Trainings.Next(2))
            training.Obey();
        await sweep.Cancel(CancellationToken.None);
        await _cluster.Submit("other", Some.Request(11, 12));

        Assert.Equal([11, 12], (await Trainings.Next(2)).Select(training => training.Lease.Spec.Seed).Order());
    }

    [Fact]
    public async Task A_sweep_is_cancelled_even_if_its_trainer_never_answers()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        await Trainings.Next();
        await sweep.Cancel(CancellationToken.None);

        await TestCluster.Until(sweep, SweepPhase.Cancelled);
    }

    [Fact]
    public async Task Cancelling_a_sweep_does_not_cancel_another_that_shares_its_trial()
    {
        var first = await _cluster.Submit("first", Some.Request());
        var training = await Trainings.Next();
        var second = await _cluster.Submit("second", Some.Request());
        await TestCluster.Until(second, progress => progress.Running.Length == 1);

        await first.Cancel(CancellationToken.None);
        await TestCluster.Until(first, SweepPhase.Cancelled);

        Assert.False(training.Cancellation.IsCancellationRequested);
        training.End();
        Assert.Equal(TrialStatus.Completed, Assert.Single((await TestCluster.Until(second, SweepPhase.Completed)).Ended).Status);
        Assert.Equal(TrialStatus.Cancelled, (await _cluster.Trials("first"))[0].Status);
    }

    [Fact]
    public async Task A_sweep_after_a_cancelled_one_can_be_cancelled_too()
    {
        var first = await _cluster.Submit("first", Some.Request());
        (await Trainings.Next()).Obey();
        await first.Cancel(CancellationToken.None);
        await TestCluster.Until(first, SweepPhase.Cancelled);
        var second = await _cluster.Submit("second", Some.Request());
        var again = await Trainings.Next();

        await second.Cancel(CancellationToken.None);
        await TestCluster.Until(second, SweepPhase.Cancelled);

        await TestCluster.Until(() => Task.FromResult(again.Cancellation.IsCancellationRequested));
    }

    [Fact]
    public async Task A_single_trial_is_cancelled_by_the_start_of_its_id()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var (first, second) = (await Trainings.Next(), await Trainings.Next());
        var waiting = (await _cluster.Trials("sweep")).Single(trial => trial.Status == TrialStatus.Waiting).Trial;

        Assert.True(await sweep.CancelTrial(first.Lease.Trial[..10], CancellationToken.None));
        Assert.True(await sweep.CancelTrial(waiting, CancellationToken.None));
        Assert.True(await sweep.CancelTrial(waiting, CancellationToken.None));
        Assert.False(await sweep.CancelTrial("no such trial", CancellationToken.None));
        second.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        await TestCluster.Until(() => Task.FromResult(first.Cancellation.IsCancellationRequested));
        // In either order, as above.
        var ended = (await _cluster.Trials("sweep")).ToDictionary(trial => trial.Trial, trial => trial.Status);
        Assert.Equal(
            (TrialStatus.Cancelled, TrialStatus.Completed, TrialStatus.Cancelled, 3),
            (ended[first.Lease.Trial], ended[second.Lease.Trial], ended[waiting], ended.Count));
        Assert.Equal(2, Trainings.All.Count);
    }

    [Fact]
    public async Task An_ambiguous_start_of_an_id_is_refused()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        await Trainings.Next(2);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => sweep.CancelTrial("", CancellationToken.None));

        Assert.Contains("matches 2 trials", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_was_not_started_is_cancelled_at_once()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { StartWhenPrepared = false });
        await TestCluster.Until(sweep, SweepPhase.Prepared);
        await sweep.Cancel(CancellationToken.None);
        await sweep.Start(CancellationToken.None);

        Assert.Equal(SweepPhase.Cancelled, (await sweep.GetProgress(0, CancellationToken.None)).Phase);
        Assert.Empty(Trainings.All);
    }

    [Fact]
    public async Task Removing_a_sweep_frees_everything_that_no_other_sweep_uses()
    {
        var (own, shared) = (await _cluster.Blobs.Put(new byte[1000], default), await _cluster.Blobs.Put(new byte[500], default));
        Trainings.AtOnce = lease => Some.Result() with { WeightsBlob = lease.Spec.Seed == 1 ? own : shared };
        var first = await _cluster.Submit("first", Some.Request(1, 2));
        await TestCluster.Until(first, SweepPhase.Completed);
        var second = await _cluster.Submit("second", Some.Request(2));
        await TestCluster.Until(second, SweepPhase.Completed);

        Assert.Equal(1000, await first.Remove(CancellationToken.None));

        Assert.Equal(500, (await _cluster.Blobs.Get(shared, default)).Length);
        Assert.Equal(SweepPhase.Unknown, (await _cluster.Sweep("first").GetProgress(0, CancellationToken.None)).Phase);
        Assert.Equal(["second"], (await _cluster.Board.List(CancellationToken.None)).Select(entry => entry.Sweep));
        Assert.Equal(500, await second.Remove(CancellationToken.None));
        Assert.Empty(await _cluster.Board.List(CancellationToken.None));
    }

    [Fact]
    public async Task A_late_result_of_a_removed_trial_leaves_nothing_in_the_store()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var id = (await Trainings.Next()).Lease.Trial;
        await sweep.Cancel(CancellationToken.None);
        await TestCluster.Until(sweep, SweepPhase.Cancelled);
        await sweep.Remove(CancellationToken.None);

        var late = await _cluster.Blobs.Put(new byte[100], default);
        await _cluster.Checkpoints.Put(id, Some.Checkpoint(1, 3), new byte[100], default);
        Assert.Equal(Directive.Stale, await _cluster.Trial(id).Checkpointed(Some.Checkpoint(1, 3), default));
        Assert.False(await _cluster.Trial(id).Complete(1, Some.Result() with { WeightsBlob = late }, default));

        await Assert.ThrowsAsync<BlobException>(() => _cluster.Blobs.Get(late, default));
        Assert.Equal(0, await _cluster.Checkpoints.Delete(id, long.MaxValue, except: null, default));
    }

    [Fact]
    public async Task A_refused_result_does_not_delete_blobs_that_the_current_lease_holder_may_produce_too()
    {
        var (spec, blob) = (Some.Spec(), await _cluster.Blobs.Put(new byte[100], default));
        var trial = _cluster.Trial(spec.Id);
        await trial.Lease(spec, "sweep", "silo-1", retries: 2, default);
        await trial.HandBack(1, refusal: null, default);
        await trial.Lease(spec, "sweep", "silo-2", retries: 2, default);

        Assert.False(await trial.Complete(1, Some.Result() with { WeightsBlob = blob }, default));

        Assert.Equal(100, (await _cluster.Blobs.Get(blob, default)).Length);
        Assert.True(await trial.Complete(2, Some.Result() with { WeightsBlob = blob }, default));
        Assert.False(await trial.Complete(1, Some.Result() with { WeightsBlob = blob }, default));
        Assert.Equal(100, (await _cluster.Blobs.Get(blob, default)).Length);
    }

    [Fact]
    public async Task A_removed_sweep_can_be_submitted_again_and_is_trained_again()
    {
        Trainings.AtOnce = _ => Some.Result();
        await TestCluster.Until(await _cluster.Submit("sweep", Some.Request()), SweepPhase.Completed);
        await _cluster.Sweep("sweep").Remove(CancellationToken.None);
        await TestCluster.Until(await _cluster.Submit("sweep", Some.Request() with { Shards = 1 }), SweepPhase.Completed);

        Assert.Equal([1, 2], Trainings.All.Select(training => training.Lease.Fence));
    }

    [Fact]
    public async Task A_running_or_unknown_sweep_is_not_removed()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        await Trainings.Next();

        var goingOn = await Assert.ThrowsAsync<BadInputException>(() => sweep.Remove(CancellationToken.None));

        Assert.Contains("still running; cancel it first", goingOn.Message, StringComparison.Ordinal);
        // As if the answer to the first call was lost.
        Assert.Equal(0, await _cluster.Sweep("nothing").Remove(CancellationToken.None));
    }
}
