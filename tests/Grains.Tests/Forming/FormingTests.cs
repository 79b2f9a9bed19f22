using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Forming;

/// <summary>Sweeps whose trials have ended but whose ensemble has not been formed yet.</summary>
public sealed class FormingTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>, IDisposable
{
    public void Dispose() => formed.Cluster.BeforeForming = _ => Task.CompletedTask;

    [Fact]
    public async Task An_ensemble_that_could_not_be_formed_is_formed_on_retry()
    {
        formed.Cluster.BeforeForming = _ => throw new InvalidOperationException("the data is not what it was");
        var sweep = await formed.Cluster.Submit("retried", formed.Request);
        var failed = await TestCluster.Until(sweep, SweepPhase.Completed);
        Assert.Equal((null, "the ensemble could not be formed: the data is not what it was"), (failed.Result, failed.Problem));

        formed.Cluster.BeforeForming = _ => Task.CompletedTask;
        Assert.Equal(0, await sweep.Retry(default));
        await TestCluster.Until(sweep, progress => progress is { Phase: SweepPhase.Completed, Result: not null, Problem: null });
    }

    [Fact]
    public async Task Unavailable_data_is_not_requested_forever()
    {
        var asked = 0;
        formed.Cluster.BeforeForming = order => order.IsFinal && Interlocked.Increment(ref asked) > 0 ? throw new DataUnavailableException("a piece is lost") : Task.CompletedTask;
        var sweep = await formed.Cluster.Submit("unavailable", formed.Request);

        var ended = await TestCluster.Until(sweep, SweepPhase.Completed);

        Assert.Equal((null, "the ensemble could not be formed: a piece is lost", DataUnavailableException.MostSilos + 1), (ended.Result, ended.Problem, asked));
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_during_forming_keeps_its_ensemble()
    {
        var (begun, may) = (new TaskCompletionSource(), new TaskCompletionSource());
        formed.Cluster.BeforeForming = order =>
        {
            if (!order.IsFinal)
                return Task.CompletedTask;
            begun.TrySetResult();
            return may.Task;
        };
        var sweep = await formed.Cluster.Submit("cancelled", formed.Request);
        await begun.Task.WaitAsync(TestCluster.Patience);

        await sweep.Cancel(default);
        may.SetResult();

        var ended = await TestCluster.Until(sweep, SweepPhase.Cancelled);
        Assert.NotNull(ended.Result);
    }
}
