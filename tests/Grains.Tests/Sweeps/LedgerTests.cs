using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Trials;
using Siamese.Model.Training;
using StoredLedger = Siamese.Grains.Sweeps.Ledger.StoredLines<Siamese.Grains.Sweeps.Ledger.EndedTrial, Siamese.Grains.Sweeps.Ledger.LedgerPage>;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>A sweep with a ledger of several pages.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private const int Trials = StoredLedger.PageSize + 10;

    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start();
        _cluster.Trainings.AtOnce = lease => Some.Result(reason: $"{lease.Spec.Seed}");
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Trials_are_listed_in_the_same_order_after_a_loss_of_memory()
    {
        var sweep = await Complete("sweep");
        var before = await sweep.GetProgress(0, CancellationToken.None);
        await _cluster.Lose(sweep);

        var after = await sweep.GetProgress(0, CancellationToken.None);

        Assert.Equal(Trials, after.EndedInAll);
        Assert.Equal(before.Ended.Select(trial => trial.Trial), after.Ended.Select(trial => trial.Trial));
        Assert.All(after.Ended, trial => Assert.Equal($"{trial.Spec.Seed}", trial.Result!.Reason));
    }

    [Fact]
    public async Task Ended_trials_are_read_only_on_request()
    {
        var sweep = await Complete("sweep");
        await _cluster.Lose(sweep);
        _cluster.Stored.Reads.Clear();
        var last = await sweep.GetProgress(Trials - 1, CancellationToken.None);

        Assert.Equal((1, Trials), (last.Ended.Length, last.Cursor));
        // A trial that has ended leaves memory: each request reads it again.
        Assert.Single(_cluster.Stored.Reads, read => read.StartsWith("trial/", StringComparison.Ordinal));
        Assert.All(await _cluster.Trials("sweep"), trial => Assert.Equal($"{trial.Spec.Seed}", trial.Result!.Reason));
    }

    [Fact]
    public async Task A_removed_sweep_leaves_no_ledger_to_its_successor()
    {
        var sweep = await Complete("sweep");
        await sweep.Remove(CancellationToken.None);
        Assert.Equal((SweepPhase.Unknown, 0), await Standing());

        await Complete("sweep");

        Assert.Equal((SweepPhase.Completed, Trials), await Standing());
        Assert.Equal(2 * Trials, _cluster.Trainings.All.Count);
    }

    [Fact]
    public async Task After_a_failed_write_the_ledger_is_rebuilt_from_stored_trials()
    {
        var failed = 0;
        _cluster.Stored.FailsToWrite = (name, _) => name == "ledger/1" && Interlocked.Increment(ref failed) <= 2;

        var sweep = await Complete("sweep");

        Assert.Equal(Trials, (await sweep.GetProgress(0, CancellationToken.None)).Ended.Select(trial => trial.Trial).Distinct().Count());
        Assert.Equal(Trials, _cluster.Trainings.All.Count);
    }

    [Fact]
    public async Task A_sweep_of_an_earlier_build_keeps_the_ledger_of_its_state()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var state = new SweepState
        {
            Request = Some.Request(1, 2),
            Phase = SweepPhase.Completed,
            Plan = Some.Plan(Some.Request(1, 2), Some.DataSet()),
            CodeVersion = CodeVersion.Current,
            Ended = [new EndedTrial(1, TrialStatus.Failed, false, "oom"), new EndedTrial(0, TrialStatus.Failed, false, "oom")],
        };
        await new SharedStorage(_cluster.Stored, services.GetRequiredService<Serializer>())
            .WriteStateAsync("sweep", _cluster.Sweep("old").GetGrainId(), new GrainState<SweepState>(state));

        var first = await _cluster.Sweep("old").GetProgress(0, CancellationToken.None);
        await _cluster.Lose(_cluster.Sweep("old"));
        var again = await _cluster.Sweep("old").GetProgress(0, CancellationToken.None);

        Assert.Equal([2, 1], first.Ended.Select(trial => trial.Spec.Seed));
        Assert.Equal([2, 1], again.Ended.Select(trial => trial.Spec.Seed));
    }

    private async Task<ISweepTrials> Complete(string name)
    {
        var sweep = await _cluster.Submit(name, Some.Request([.. Enumerable.Range(1, Trials)]));
        await TestCluster.Until(sweep, SweepPhase.Completed);
        return sweep;
    }

    private async Task<(SweepPhase, int)> Standing()
    {
        var progress = await _cluster.Sweep("sweep").GetProgress(0, CancellationToken.None);
        return (progress.Phase, progress.EndedInAll);
    }
}
