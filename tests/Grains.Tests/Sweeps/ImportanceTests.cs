using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>What a sweep on a silo reports about its hyperparameters.</summary>
public sealed class ImportanceTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_sweep_reports_importances_even_after_a_loss_of_memory()
    {
        // Unusable, so that no ensemble is formed from them.
        _cluster.Trainings.AtOnce = lease =>
            Some.Result(TrialStatus.Unusable) with { Validation = Some.Metrics(lease.Spec.Hyperparameters.Margin!.Value / 10) };
        var space = SearchSpace.Of(("margin", [1, 2, 3, 4]), ("embedding-size", [8, 16, 32]));
        var sweep = await _cluster.Submit("sweep", Some.Request(1, 2) with { Space = space });
        await TestCluster.Until(sweep, SweepPhase.Completed);
        await _cluster.Lose(sweep);

        var report = await sweep.GetImportance(CancellationToken.None);

        Assert.Equal((24, 12), (report.Trials, report.Points));
        Assert.Equal(["margin", "embedding-size"], report.Hyperparameters.Select(importance => importance.Hyperparameter));
        Assert.Equal((1, 1, 6), (report.Hyperparameters[0].Best.Low.Number, report.Hyperparameters[0].Best.High.Number, report.Hyperparameters[0].Best.Trials));
    }

    [Fact]
    public async Task A_sweep_without_ended_trials_is_bad_input()
    {
        var sweep = await _cluster.Submit("sweep", Some.Request());
        var training = await _cluster.Trainings.Next();

        await Assert.ThrowsAsync<BadInputException>(() => sweep.GetImportance(CancellationToken.None));
        training.End();
    }
}
