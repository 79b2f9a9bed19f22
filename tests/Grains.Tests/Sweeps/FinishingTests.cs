using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Finishing sweeps and trials early.</summary>
public sealed class FinishingTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task A_finished_sweep_keeps_what_is_trained_under_ids_of_its_own_and_begins_nothing()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var running = await Trainings.Next(2);

        await sweep.Finish(CancellationToken.None);
        foreach (var training in running)
            await EndEarly(training, epoch: 7);
        var progress = await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(SweepPhases.FinishedByUser, progress.Stopped);
        Assert.Equal(2, Trainings.All.Count);
        var trials = await _cluster.Trials("sweep");
        var finished = trials.Where(trial => trial.Status is TrialStatus.Completed).ToArray();
        Assert.Equal(2, finished.Length);
        Assert.All(finished, trial => Assert.Equal((7, trial.Spec.Id), (trial.Spec.EndsAfter, trial.Trial)));
        Assert.Empty(finished.Select(trial => trial.Trial).Intersect(running.Select(training => training.Lease.Trial)));
        Assert.Equal(SweepPhases.FinishedByUser, Assert.Single(trials, trial => trial.Status is TrialStatus.Cancelled).Result!.Reason);
    }

    [Fact]
    public async Task A_sweep_that_is_loaded_again_knows_its_finished_trials()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        await sweep.Finish(CancellationToken.None);
        await EndEarly(training, epoch: 7);
        await TestCluster.Until(sweep, SweepPhase.Completed);
        var before = Assert.Single(await _cluster.Trials("sweep"));

        await _cluster.Lose(sweep);
        await _cluster.Lose(_cluster.Trial(training.Lease.Trial));

        var after = Assert.Single(await _cluster.Trials("sweep"));
        Assert.Equal((before.Trial, before.Spec, TrialStatus.Completed), (after.Trial, after.Spec, after.Status));
        Assert.Equal(7, after.Result!.EndsAfter);
    }

    [Fact]
    public async Task Another_sweep_trains_a_finished_trial_to_its_end_from_its_checkpoint()
    {
        var first = await _cluster.Submit("first", Some.Request());
        var training = await Trainings.Next();
        await _cluster.Trial(training.Lease.Trial).Checkpointed(Some.Checkpoint(training.Lease.Fence, 7), default);
        await first.Finish(CancellationToken.None);
        await EndEarly(training, epoch: 7);
        await TestCluster.Until(first, SweepPhase.Completed);

        var second = await _cluster.Submit("second", Some.Request());
        var again = await Trainings.Next();
        again.End();
        await TestCluster.Until(second, SweepPhase.Completed);

        Assert.Equal((training.Lease.Trial, 7), (again.Lease.Trial, again.Lease.From?.Epoch));
        Assert.Equal(training.Lease.Trial, Assert.Single(await _cluster.Trials("second")).Trial);
        Assert.Equal(7, Assert.Single(await _cluster.Trials("first")).Spec.EndsAfter);
    }

    [Fact]
    public async Task A_trial_that_another_sweep_wants_in_full_is_cancelled_in_the_finished_sweep_and_continues()
    {
        var first = await _cluster.Submit("first", Some.Request());
        var training = await Trainings.Next();
        var second = await _cluster.Submit("second", Some.Request());
        await TestCluster.Until(second, progress => progress.Running.Length == 1);

        await first.Finish(CancellationToken.None);
        await TestCluster.Until(first, SweepPhase.Completed);

        var left = Assert.Single(await _cluster.Trials("first"));
        Assert.Equal((TrialStatus.Cancelled, "another sweep trains it to its end"), (left.Status, left.Result!.Reason));
        Assert.False(training.Finish.IsCancellationRequested);
        Assert.False(training.Cancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task One_trial_is_finished_by_the_start_of_its_id_and_the_others_continue()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var (first, second) = (await Trainings.Next(), await Trainings.Next());
        var waiting = (await _cluster.Trials("sweep")).Single(trial => trial.Status == TrialStatus.Waiting).Trial;

        Assert.True(await sweep.FinishTrial(first.Lease.Trial[..10], CancellationToken.None));
        Assert.False(await sweep.FinishTrial("no such trial", CancellationToken.None));
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => sweep.FinishTrial(waiting, CancellationToken.None));
        await EndEarly(first, epoch: 3);
        var third = await Trainings.Next();

        Assert.Contains("has not trained an epoch yet", refusal.Message, StringComparison.Ordinal);
        Assert.False(second.Finish.IsCancellationRequested || third.Finish.IsCancellationRequested);
        second.End();
        third.End();
        Assert.Null((await TestCluster.Until(sweep, SweepPhase.Completed)).Stopped);
        Assert.Equal([3, null, null], (await _cluster.Trials("sweep")).Select(trial => trial.Spec.EndsAfter).OrderDescending());
    }

    [Fact]
    public async Task A_trial_that_is_handed_back_while_it_is_finished_is_leased_again_and_ends_early()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var (first, second) = (await Trainings.Next(), await Trainings.Next());
        await _cluster.Trial(first.Lease.Trial).Report(first.Lease.Fence, Some.Epoch(4), default);
        await TestCluster.Until(sweep, progress => progress.Running.Any(running => running.Epoch?.Epoch == 4));

        await sweep.Finish(CancellationToken.None);
        await EndEarly(second, epoch: 2);
        await _cluster.Trial(first.Lease.Trial).HandBack(first.Lease.Fence, refusal: null, default);

        var again = await Trainings.Next();
        Assert.Equal(first.Lease.Trial, again.Lease.Trial);
        await EndEarly(again, epoch: 5);
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal([5, 2, null], (await _cluster.Trials("sweep")).Select(trial => trial.Spec.EndsAfter).OrderDescending());
    }

    [Fact]
    public async Task A_sweep_that_has_not_started_cannot_be_finished()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { StartWhenPrepared = false });
        await TestCluster.Until(sweep, SweepPhase.Prepared);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => sweep.Finish(CancellationToken.None));

        Assert.Contains("is not training yet", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_a_sweep_frees_the_blobs_of_its_finished_trials_although_another_sweep_has_the_full_trial()
    {
        var (early, full) = (await _cluster.Blobs.Put(new byte[1000], default), await _cluster.Blobs.Put(new byte[500], default));
        var first = await _cluster.Submit("first", Some.Request());
        var training = await Trainings.Next();
        await first.Finish(CancellationToken.None);
        await EndEarly(training, epoch: 7, early);
        await TestCluster.Until(first, SweepPhase.Completed);
        var second = await _cluster.Submit("second", Some.Request());
        (await Trainings.Next()).End(Some.Result() with { WeightsBlob = full });
        await TestCluster.Until(second, SweepPhase.Completed);

        Assert.Equal(1000, await first.Remove(CancellationToken.None));

        await Assert.ThrowsAsync<BlobException>(() => _cluster.Blobs.Get(early, default));
        Assert.Equal(500, await second.Remove(CancellationToken.None));
    }

    /// <summary>Waits until the training is asked to finish, and ends it as a trainer does.</summary>
    private static async Task EndEarly(Training training, int epoch, string? weights = null)
    {
        await TestCluster.Until(() => Task.FromResult(training.Finish.IsCancellationRequested));
        training.End(Some.Result() with { EndsAfter = epoch, WeightsBlob = weights });
    }
}
