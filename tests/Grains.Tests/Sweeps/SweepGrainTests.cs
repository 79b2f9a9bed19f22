using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>A sweep's life on one silo.</summary>
public sealed class SweepGrainTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task A_sweep_reads_its_data_trains_its_trials_and_ends()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var (first, second) = (await Trainings.Next(), await Trainings.Next());
        var running = await TestCluster.Until(sweep, progress => progress.Running.Length == 2);

        Assert.Equal(SweepPhase.Running, running.Phase);
        Assert.Equal((3, "mnist-mini", 1000, 1000, 10_000), (
            running.Plan!.Trials, running.Plan.DataName, running.Plan.TrainingImages, running.Plan.ValidationImages, running.Plan.TestImages));
        Assert.Equal((1, "for a free slot", 2), (running.Waiting, running.WaitingFor, running.Slots));

        first.End();
        var third = await Trainings.Next();
        second.End();
        third.End();
        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal((3, 0, 0), (ended.EndedInAll, ended.Waiting, ended.Running.Length));
        Assert.Equal("no trial ended with a usable result, so there is no ensemble", ended.Problem);
        Assert.Null(ended.Ensemble);
        Assert.All(await _cluster.Trials("sweep"), trial => Assert.Equal((TrialStatus.Completed, false), (trial.Status, trial.Reused)));
        await TestCluster.Until(async () => (await _cluster.Board.List(CancellationToken.None)) is [{ Phase: SweepPhase.Completed }]);
    }

    [Fact]
    public async Task All_slots_share_the_trials_and_each_trial_is_trained_once()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3, 4, 5, 6));
        for (var ended = 0; ended < 6; ended++)
        {
            var training = await Trainings.Next();
            Assert.InRange(Trainings.All.Count - ended, 1, 2);
            training.End();
        }

        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal([1, 2, 3, 4, 5, 6], Trainings.All.Select(training => training.Assignment.Spec.Seed).Order());
        Assert.All(Trainings.All, training => Assert.Equal(1, training.Assignment.Fence));
    }

    [Fact]
    public async Task A_sweep_keeps_to_its_slot_limit()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2) with { Slots = 1 });
        var first = await Trainings.Next();
        await _cluster.Submit("other", Some.Request(9));

        Assert.Equal(9, (await Trainings.Next()).Assignment.Spec.Seed);
        Assert.Equal("for one of this sweep's slots", (await TestCluster.Until(sweep, progress => progress.Running.Length == 1)).WaitingFor);
        first.End();
        Assert.Equal(2, (await Trainings.Next()).Assignment.Spec.Seed);
    }

    [Fact]
    public async Task A_watcher_sees_each_epoch()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await Trainings.Next();
        training.Report(Some.Epoch(3, epochs: 4, seconds: 6));

        var trial = (await TestCluster.Until(sweep, progress => progress.Running is [{ Epoch: not null }])).Running[0];

        Assert.Equal((training.Assignment.Trial, training.Silo, 3), (trial.Trial, trial.Silo, trial.Epoch!.Epoch));
        Assert.Equal(2, trial.SecondsLeft!.Value, 1e-9);
    }

    [Fact]
    public async Task A_second_sweep_reuses_trials_of_the_first()
    {
        Trainings.AtOnce = _ => Some.Result();
        await TestCluster.Until(await _cluster.Submit("first", Some.Request(1, 2)), SweepPhase.Completed);
        await TestCluster.Until(await _cluster.Submit("second", Some.Request(1, 2, 3)), SweepPhase.Completed);

        Assert.Equal(3, Trainings.All.Count);
        Assert.Equal([true, true, false], (await _cluster.Trials("second")).OrderBy(trial => trial.Spec.Seed).Select(trial => trial.Reused));
        Assert.All(await _cluster.Trials("first"), trial => Assert.False(trial.Reused));
    }

    [Fact]
    public async Task A_second_sweep_waits_for_trials_that_the_first_is_training()
    {
        await _cluster.Submit("first", Some.Request());
        var training = await Trainings.Next();
        var second = await _cluster.Submit("second", Some.Request());
        await TestCluster.Until(second, progress => progress.Running.Length == 1);
        training.Report(Some.Epoch(2));
        Assert.Equal(2, (await TestCluster.Until(second, progress => progress.Running is [{ Epoch: not null }])).Running[0].Epoch!.Epoch);

        training.End();
        var ended = await TestCluster.Until(second, SweepPhase.Completed);
        await TestCluster.Until(_cluster.Sweep("first"), SweepPhase.Completed);

        Assert.True(Assert.Single(ended.Ended).Reused);
        Assert.Single(Trainings.All);
    }

    [Fact]
    public async Task An_exception_fails_its_trial_and_the_sweep_continues()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3) with { Retries = 0 });
        (await Trainings.Next()).Fail(new InvalidOperationException("no memory left"));
        (await Trainings.Next()).Fail(new BadInputException("the data has changed"));
        (await Trainings.Next()).End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        // If two trials are leased at the same time, either may begin first.
        var begun = Trainings.All.Select(training => training.Assignment.Trial).ToList();
        var trials = (await _cluster.Trials("sweep")).OrderBy(trial => begun.IndexOf(trial.Trial)).ToArray();
        Assert.Equal([TrialStatus.Failed, TrialStatus.Failed, TrialStatus.Completed], trials.Select(trial => trial.Status));
        Assert.Equal("InvalidOperationException: no memory left", trials[0].Result!.Reason);
        Assert.Equal("the data has changed", trials[1].Result!.Reason);
    }

    [Fact]
    public async Task A_later_sweep_retries_a_failed_trial()
    {
        await _cluster.Submit("first", Some.Request() with { Retries = 0 });
        (await Trainings.Next()).Fail(new InvalidOperationException("once"));
        await TestCluster.Until(_cluster.Sweep("first"), SweepPhase.Completed);
        var second = await _cluster.Submit("second", Some.Request());
        (await Trainings.Next()).End();
        await TestCluster.Until(second, SweepPhase.Completed);
        await _cluster.Lose(_cluster.Sweep("first"));

        Assert.Equal([1, 2], Trainings.All.Select(training => training.Assignment.Fence));
        Assert.Equal((TrialStatus.Completed, false), ((await _cluster.Trials("second"))[0].Status, (await _cluster.Trials("second"))[0].Reused));
        Assert.Equal(TrialStatus.Failed, (await _cluster.Trials("first"))[0].Status);
    }

    [Fact]
    public async Task A_sweep_with_bad_data_is_rejected_with_the_reason()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { Data = new DataSource { Path = "/no/such/folder" } });

        var rejected = await TestCluster.Until(sweep, SweepPhase.Rejected);

        Assert.Contains("/no/such/folder does not exist", rejected.Problem, StringComparison.Ordinal);
        Assert.Empty(Trainings.All);
    }

    [Fact]
    public async Task A_sweep_that_does_not_fit_its_data_is_rejected_with_the_reason()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { Space = SearchSpace.Of(("batch-size", [2000])) });

        Assert.Contains("A batch of 2000 images", (await TestCluster.Until(sweep, SweepPhase.Rejected)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_keeps_its_exception_type_across_the_wire()
    {
        var refusal = await Assert.ThrowsAsync<BadInputException>(
            () => _cluster.Submit("sweep", Some.Request() with { Space = SearchSpace.Of(("margin", [-1])) }));

        Assert.Equal("'margin': -1 is not above 0.", refusal.Message);
        Assert.Equal(SweepPhase.Unknown, (await _cluster.Sweep("sweep").GetProgress(0, CancellationToken.None)).Phase);
    }

    [Fact]
    public async Task Submitting_twice_does_nothing_and_another_request_is_refused()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2));
        await _cluster.Submit("sweep", Some.Request(1, 2));
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => _cluster.Submit("sweep", Some.Request(1, 3)));

        Assert.Contains("Sweep 'sweep' already exists with other settings", refusal.Message, StringComparison.Ordinal);
        foreach (var training in await Trainings.Next(2))
            training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        await _cluster.Submit("sweep", Some.Request(1, 2));
        Assert.Equal(SweepPhase.Completed, (await sweep.GetProgress(0, CancellationToken.None)).Phase);
        Assert.Equal(2, Trainings.All.Count);
    }

    [Fact]
    public async Task A_sweep_that_needs_confirmation_trains_only_when_it_is_started()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request() with { StartWhenPrepared = false });
        var prepared = await TestCluster.Until(sweep, SweepPhase.Prepared);
        Assert.True(prepared.Plan!.CoreSeconds > 0);
        Assert.Empty(Trainings.All);

        await sweep.Start(CancellationToken.None);
        await sweep.Start(CancellationToken.None);
        (await Trainings.Next()).End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
    }

    [Fact]
    public async Task The_cursor_returns_every_ended_trial_once_and_in_order()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request([.. Enumerable.Range(1, 8)]));
        var (cursor, seen, told) = (0, new List<string>(), new List<string>());
        for (var i = 0; i < 8; i++)
        {
            var training = await Trainings.Next();
            told.Add(training.Assignment.Trial);
            training.End();
            SweepProgress progress;
            do
            {
                progress = await sweep.GetProgress(cursor, CancellationToken.None);
                seen.AddRange(progress.Ended.Select(trial => trial.Trial));
                Assert.Equal(seen.Count, progress.Cursor);
                cursor = progress.Cursor;
            }
            while (i % 3 == 0 && seen.Count <= i);
        }

        await TestCluster.Until(sweep, SweepPhase.Completed);
        seen.AddRange((await sweep.GetProgress(cursor, CancellationToken.None)).Ended.Select(trial => trial.Trial));

        Assert.Equal(told.Order(), seen.Order());
        Assert.Empty((await sweep.GetProgress(8, CancellationToken.None)).Ended);
        Assert.Equal(seen, (await sweep.GetProgress(0, CancellationToken.None)).Ended.Select(trial => trial.Trial));
    }

    [Fact]
    public async Task More_trials_than_fit_in_one_answer_come_in_several()
    {
        Trainings.AtOnce = _ => Some.Result();
        await TestCluster.Until(await _cluster.Submit("first", Some.Request([.. Enumerable.Range(1, 20)])), SweepPhase.Completed);

        var seen = new HashSet<string>();
        for (var cursor = 0; cursor < 20;)
        {
            var progress = await _cluster.Sweep("first").GetProgress(cursor, CancellationToken.None);
            Assert.All(progress.Ended, trial => Assert.True(seen.Add(trial.Trial)));
            cursor = progress.Cursor;
        }

        Assert.Equal(20, seen.Count);
    }
}
