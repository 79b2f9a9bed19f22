using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Trials;
using Siamese.Model.Training;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Leases that are granted at the same time, and events between a request and its answer.</summary>
public sealed class LeasingTests : IAsyncLifetime
{
    private static readonly SlotHolder _somebody = new("somebody", 1, CodeVersion.Current);

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    private Trainings Trainings => _cluster.Trainings;

    [Fact]
    public async Task Leases_are_stored_in_parallel_and_no_trial_is_leased_twice()
    {
        await _cluster.Submit("sweep", Some.Request([.. Enumerable.Range(1, 10)]));
        await Trainings.Next(2);
        var (writes, allWrite) = (0, new TaskCompletionSource());
        _cluster.Stored.BeforeWrite = (name, _) =>
        {
            if (name == "trial" && Interlocked.Increment(ref writes) == 8)
                allWrite.SetResult();
            return name == "trial" ? allWrite.Task : Task.CompletedTask;
        };

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Claim())).WaitAsync(TestCluster.Patience);

        Assert.Equal(10, leases.Select(leased => leased!.Trial).Concat(Trainings.All.Select(training => training.Lease.Trial)).Distinct().Count());
        Assert.Null(await Claim());
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_during_leasing_gives_up_the_lease()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        await Trainings.Next(2);
        var (trial, write) = HoldWrite("trial");
        var claim = Claim();
        var leased = await trial;

        await sweep.Cancel(CancellationToken.None);
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 3);
        Assert.Equal(SweepPhase.Running, (await sweep.GetProgress(0, CancellationToken.None)).Phase);
        write.SetResult();

        Assert.Null(await claim);
        await TestCluster.Until(sweep, SweepPhase.Cancelled);
        Assert.Equal(Directive.Cancel, await _cluster.Trial(leased.Key.ToString()!).Report(1, null, CancellationToken.None));
        Assert.Equal(2, Trainings.All.Count);
    }

    [Fact]
    public async Task A_trial_whose_lease_could_not_be_stored_is_leased_to_the_next_slot_that_asks()
    {
        await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        await Trainings.Next(2);
        var failed = 0;
        _cluster.Stored.FailsToWrite = (name, _) => name == "trial" && Interlocked.Increment(ref failed) == 1;

        Assert.Null(await Claim());
        var lease = await Claim();

        Assert.Equal((3, 1), (lease!.Spec.Seed, lease.Fence));
    }

    [Fact]
    public async Task A_slot_starts_the_next_trial_while_the_previous_result_is_being_stored()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3));
        var running = await Trainings.Next(2);
        var (_, write) = HoldWrite("trial", running[0].Lease.Trial);
        running[0].End();

        var third = await Trainings.Next();
        Assert.Equal(0, (await sweep.GetProgress(0, CancellationToken.None)).EndedInAll);
        write.SetResult();
        running[1].End();
        third.End();

        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.All(await _cluster.Trials("sweep"), trial => Assert.Equal(TrialStatus.Completed, trial.Status));
    }

    private Task<Lease?> Claim() => _cluster.Board.Claim(_somebody, CancellationToken.None);

    /// <summary>Pauses the next write of a state, by one grain or any: reports the grain, and waits until the test continues it.</summary>
    private (Task<GrainId> Begun, TaskCompletionSource Write) HoldWrite(string stateName, string? key = null)
    {
        var (begun, write) = (new TaskCompletionSource<GrainId>(), new TaskCompletionSource());
        _cluster.Stored.BeforeWrite = (name, grain) =>
            name == stateName && (key is null || grain.Key.ToString() == key) && begun.TrySetResult(grain) ? write.Task : Task.CompletedTask;
        return (begun.Task, write);
    }
}
