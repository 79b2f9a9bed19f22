using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>A sweep on several silos, and the loss of one of them.</summary>
public sealed class ManySilosTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(silos: 2, slots: 2);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Silos_share_a_sweep_and_each_trains_in_its_own_slots()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3, 4, 5, 6));
        var first = await _cluster.Trainings.Next(4);
        var running = await TestCluster.Until(sweep, progress => progress.Running.Length == 4);

        Assert.Equal([2, 2], first.GroupBy(training => training.Silo).Select(silo => silo.Count()));
        Assert.Equal(first.ToDictionary(t => t.Lease.Trial, t => t.Silo), running.Running.ToDictionary(t => t.Trial, t => t.Silo));
        Assert.Equal((2, 4), (running.Waiting, running.Slots));

        first[0].End();
        first[1].End();
        foreach (var training in first.Concat(await _cluster.Trainings.Next(2)))
            training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal(6, _cluster.Trainings.All.Select(training => training.Lease.Trial).Distinct().Count());
        Assert.Equal(6, _cluster.Trainings.All.Count);
    }

    [Fact]
    public async Task A_lost_silo_does_not_repeat_a_finished_trial_and_its_running_ones_are_trained_elsewhere()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2, 3, 4));
        var running = await _cluster.Trainings.Next(4);
        var lost = _cluster.Silos.Silos[1];
        var (on, off) = (running.Where(t => t.Silo != lost.Name).ToArray(), running.Where(t => t.Silo == lost.Name).ToArray());
        off[0].End();
        on[0].End();
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 2);

        await _cluster.Silos.KillSiloAsync(lost);
        on[1].End();
        await TestCluster.Until(sweep, progress => progress.EndedInAll == 3);
        var again = await _cluster.Trainings.Next();
        off[1].End();
        again.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal(off[1].Lease.Trial, again.Lease.Trial);
        // A slot of the lost silo may have been granted a lease that it never used.
        Assert.True(again.Lease.Fence > off[1].Lease.Fence);
        Assert.NotEqual(lost.Name, again.Silo);
        Assert.Equal(5, _cluster.Trainings.All.Count);
        Assert.All(await _cluster.Trials("sweep"), trial => Assert.Equal(TrialStatus.Completed, trial.Status));
    }
}
