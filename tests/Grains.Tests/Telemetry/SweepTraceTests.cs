using System.Diagnostics;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Telemetry;

/// <summary>The trace of a sweep on two silos.</summary>
public sealed class SweepTraceTests : IAsyncLifetime, IDisposable
{
    private readonly EndedSpans _spans = new();
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(silos: 2, slots: 1);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task A_trial_that_moves_to_another_silo_stays_in_the_trace_of_its_sweep()
    {
        var sweep = await _cluster.Submit("moving", Some.Request(1, 2));
        var trainings = await _cluster.Trainings.Next(2);
        var (staying, dying) = (trainings[0], trainings[1]);
        Assert.NotEqual(staying.Silo, dying.Silo);
        dying.Checkpoints.Take(Some.Snapshot(epoch: 5));
        await TestCluster.Until(async () => (await _cluster.Trial(dying.Lease.Trial).Follow("moving", CancellationToken.None)).From is not null);
        await _cluster.Silos.KillSiloAsync(_cluster.Silos.Silos.Single(silo => silo.Name == dying.Silo));
        staying.End();
        var resumed = await _cluster.Trainings.Next();
        Assert.Equal((dying.Lease.Trial, staying.Silo), (resumed.Lease.Trial, resumed.Silo));
        resumed.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);

        var spans = await Until(staying.Lease.Trace, spans => spans.Count(span => span.OperationName == "trial.result") == 2 && Has(spans, "sweep"));

        var root = Assert.Single(spans, span => span.ParentSpanId == default);
        Assert.Equal("sweep.submit", root.OperationName);
        var leases = spans.Where(span => span.OperationName == "trial.lease").ToArray();
        Assert.Equal(3, leases.Length);
        Assert.All(leases, lease => Assert.Equal(root.SpanId, lease.ParentSpanId));
        var ofMoved = leases.Where(lease => (string?)lease.GetTagItem("siamese.trial") == dying.Lease.Trial).OrderBy(lease => lease.GetTagItem("siamese.fence")).ToArray();
        Assert.Equal([dying.Silo, staying.Silo], ofMoved.Select(lease => lease.GetTagItem("siamese.silo")));
        Assert.Equal([dying.Lease.Trace, resumed.Lease.Trace], ofMoved.Select(lease => lease.Id));
        var checkpoint = Assert.Single(spans, span => span.OperationName == "trial.checkpoint");
        Assert.Equal(ofMoved[0].SpanId, checkpoint.ParentSpanId);
        Assert.Contains(spans, span => span.OperationName == "trial.result" && span.ParentSpanId == ofMoved[1].SpanId);
        Assert.All(spans, span => Assert.True(span == root || spans.Any(other => other.SpanId == span.ParentSpanId), $"The parent of {span.OperationName} is missing."));
    }

    [Fact]
    public async Task A_sweep_whose_memory_was_lost_continues_its_trace_and_the_same_trials_need_no_other_lease()
    {
        var sweep = await _cluster.Submit("lost", Some.Request(1, 2));
        var trainings = await _cluster.Trainings.Next(2);
        await _cluster.Lose(sweep);
        foreach (var training in trainings)
            training.End();
        await TestCluster.Until(sweep, SweepPhase.Completed);
        var again = await _cluster.Submit("again", Some.Request(1, 2));
        await TestCluster.Until(again, SweepPhase.Completed);

        var spans = await Until(trainings[0].Lease.Trace, spans => Has(spans, "sweep"));

        Assert.Equal(2, _cluster.Trainings.All.Count);
        var root = Assert.Single(spans, span => span.OperationName == "sweep.submit");
        var whole = Assert.Single(spans, span => span.OperationName == "sweep");
        Assert.Equal(root.SpanId, whole.ParentSpanId);
        Assert.Equal("lost", whole.GetTagItem("siamese.sweep"));
        Assert.Equal(SweepPhase.Completed, whole.GetTagItem("siamese.phase"));
        var phases = spans.Where(span => span.OperationName == "sweep.phase").Select(span => (SweepPhase)span.GetTagItem("siamese.phase")!);
        Assert.Equal([SweepPhase.Preparing, SweepPhase.Running, SweepPhase.Forming], phases);
    }

    private async Task<Activity[]> Until(string? trace, Func<Activity[], bool> isComplete)
    {
        await TestCluster.Until(() => Task.FromResult(isComplete(_spans.Of(trace))));
        return _spans.Of(trace);
    }

    private static bool Has(Activity[] spans, string name) => spans.Any(span => span.OperationName == name);
}
