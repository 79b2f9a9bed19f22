using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Importances;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Tests.Search.Importances;

/// <summary>Sweeps with made-up EERs, so that the decisive hyperparameters are known.</summary>
public sealed class SweepImportanceTests
{
    /// <summary>The margin applies only to the contrastive loss.</summary>
    private static readonly SearchSpace _space = new()
    {
        Dimensions =
        [
            new() { Hyperparameter = "loss", Values = ["contrastive", "nt-xent"] },
            new() { Hyperparameter = "margin", Range = new(0.5, 5, IsLog: false) },
            new() { Hyperparameter = "learning-rate", Range = new(1e-4, 1e-2, IsLog: true) },
            new() { Hyperparameter = "embedding-size", Values = [8, 16, 32] },
        ],
    };

    [Fact]
    public void The_decisive_hyperparameter_ranks_above_noise()
    {
        var report = Of(Trials(60, h => 0.01 + (0.1 * h.LearningRate / 1e-2)));

        var (rate, others) = (report.Hyperparameters[0], report.Hyperparameters[1..]);
        Assert.Equal("learning-rate", rate.Hyperparameter);
        Assert.All(others, other => Assert.True(other.Share!.Value.High < rate.Share!.Value.Low, $"{rate} and {other}"));
        Assert.All(others, other => Assert.Equal(0, other.Share!.Value.Low));
        Assert.InRange(report.RSquared!.Value, 0.7, 1);
        Assert.Null(report.Doubt);
        Assert.Equal((60, 60), (report.Trials, report.Points));
    }

    [Fact]
    public void A_hyperparameter_of_one_loss_does_not_take_credit_for_the_loss()
    {
        var report = Of(Trials(60, h => h.Loss == "contrastive" ? 0.2 : 0.02));

        Assert.Equal("loss", report.Hyperparameters[0].Hyperparameter);
        Assert.InRange(ShareOf(report, "loss").Value, 0.85, 1);
        Assert.InRange(ShareOf(report, "margin").High, 0, 0.05);
    }

    [Fact]
    public void A_hyperparameter_of_one_loss_matters_if_it_is_decisive_for_that_loss()
    {
        var report = Of(Trials(80, h => h.Margin is { } margin ? margin > 2.5 ? 0.3 : 0.01 : 0.05));

        Assert.Equal("margin", report.Hyperparameters[0].Hyperparameter);
        Assert.True(ShareOf(report, "margin").Low > 0, $"{report.Hyperparameters[0]}");
        Assert.Equal(0, ShareOf(report, "embedding-size").Low);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pure_noise_is_reported_as_unreliable(int seed)
    {
        var random = new SplitMix(seed, 0);
        var report = Of(Trials(40, _ => 0.01 + (0.1 * random.NextDouble())));

        Assert.StartsWith("Results are unreliable: hyperparameters predict the EER hardly better than its mean does", report.Doubt, StringComparison.Ordinal);
        Assert.All(report.Hyperparameters, importance => Assert.Equal(0, importance.Share!.Value.Low));
    }

    /// <summary>Repeats share the noise of their point, so repeats both in and out of the bag would make noise look like a rule.</summary>
    [Fact]
    public void Repeats_of_a_point_add_no_certainty()
    {
        var random = new SplitMix(1, 0);
        var once = Trials(40, _ => 0.01 + (0.1 * random.NextDouble()));
        TrialReport[] repeated = [.. from trial in once from seed in new[] { 1, 2 } select trial with { Spec = trial.Spec with { Seed = seed } }];

        var (first, second) = (Of(once), Of(repeated));

        Assert.Equal((40, 80, 40), (first.Trials, second.Trials, second.Points));
        Assert.Equal(first.RSquared!.Value, second.RSquared!.Value, 1e-9);
        Assert.Equal(first.Doubt, second.Doubt);
        foreach (var importance in first.Hyperparameters)
        {
            Assert.Equal(importance.Share!.Value.Value, ShareOf(second, importance.Hyperparameter).Value, 1e-9);
            Assert.Equal(importance.Share!.Value.High, ShareOf(second, importance.Hyperparameter).High, 1e-9);
        }
    }

    [Fact]
    public void The_same_trials_give_the_same_report()
    {
        var trials = Trials(30, h => h.LearningRate);
        var (first, second) = (Of(trials), Of(trials));

        Assert.Equal(first.Hyperparameters.AsEnumerable(), second.Hyperparameters);
        Assert.Equal(first with { Hyperparameters = [], Remarks = [] }, second with { Hyperparameters = [], Remarks = [] });
    }

    [Fact]
    public void Too_few_points_for_the_hyperparameters_are_reported() => Assert.Equal(
        "Results are unreliable: 16 points are too few for 4 hyperparameters; use at least 5 for each.", Of(Trials(16, h => h.LearningRate)).Doubt);

    [Fact]
    public void Fewer_than_ten_points_have_best_values_and_no_shares()
    {
        var report = Of(Trials(9, h => h.EmbeddingSize == 16 ? 0.01 : 0.02));

        Assert.Equal("9 points are too few for reliable results; use at least 10, better 5 for each hyperparameter.", report.Doubt);
        Assert.Null(report.RSquared);
        Assert.All(report.Hyperparameters, importance => Assert.Null(importance.Share));
        var best = Assert.Single(report.Hyperparameters, importance => importance.Hyperparameter == "embedding-size").Best;
        Assert.Equal((16, 16, 0.01), (best.Low.Number, best.High.Number, Math.Round(best.Eer, 12)));
    }

    [Fact]
    public void Many_numeric_values_have_a_best_range_of_a_third_of_them()
    {
        TrialReport[] trials = [.. Enumerable.Range(1, 9).Select(i => Trial(new Hyperparameters { Margin = i }, i is >= 4 and <= 6 ? 0.01 * i : 0.1))];

        Assert.Equal(new BestValues(4, 6, 0.05, 3), Assert.Single(Of(trials).Hyperparameters).Best with { Eer = 0.05 });
    }

    [Fact]
    public void A_hyperparameter_that_follows_from_another_is_not_listed()
    {
        // With nt-xent, distance and temperature differ too, but only because the loss does.
        var report = Of(Trials(40, h => h.LearningRate));
        Assert.Equal(["embedding-size", "learning-rate", "loss", "margin"], report.Hyperparameters.Select(importance => importance.Hyperparameter).Order());
    }

    [Fact]
    public void Unusable_trials_count_with_their_EER_and_trials_without_an_EER_do_not()
    {
        var trials = Trials(20, h => h.LearningRate);
        trials[0] = trials[0] with { Status = TrialStatus.Unusable };
        trials[1] = trials[1] with { Status = TrialStatus.Unusable, Result = Some.Result(TrialStatus.Unusable) };
        trials[2] = trials[2] with { Status = TrialStatus.Running, Result = null };

        var report = Of(trials);

        Assert.Equal(18, report.Trials);
        Assert.Equal("Of the finished trials, 1 has no validation EER and does not count.", Assert.Single(report.Remarks));
    }

    [Fact]
    public void Trials_that_cannot_be_compared_are_bad_input()
    {
        Assert.StartsWith("No trial of sweep mine has ended with a validation EER", Refusal([]), StringComparison.Ordinal);
        Assert.StartsWith("Only one trial of sweep mine has ended", Refusal(Trials(1, _ => 0.1)), StringComparison.Ordinal);
        Assert.StartsWith(
            "Every trial of sweep mine has the same hyperparameters", Refusal([Trial(new(), 0.1), Trial(new(), 0.2, seed: 2)]), StringComparison.Ordinal);

        static string Refusal(TrialReport[] trials) => Assert.Throws<BadInputException>(() => Of(trials)).Message;
    }

    private static ImportanceReport Of(TrialReport[] trials) => SweepImportance.Of("mine", _space, trials);

    private static Estimate ShareOf(ImportanceReport report, string hyperparameter) =>
        report.Hyperparameters.Single(importance => importance.Hyperparameter == hyperparameter).Share!.Value;

    private static TrialReport[] Trials(int count, Func<Hyperparameters, double> eer) =>
        [.. SpaceSearch.Expand(new SweepRequest { Space = _space, Seeds = [1], Search = SearchKind.Random, Points = count }).Points.Select(point => Trial(point, eer(point)))];

    private static TrialReport Trial(Hyperparameters point, double eer, int seed = 1) => new()
    {
        Trial = "trial",
        Spec = Some.Spec(seed) with { Hyperparameters = point },
        Status = TrialStatus.Completed,
        Result = Some.Result() with { Validation = Some.Metrics(eer) },
    };
}
