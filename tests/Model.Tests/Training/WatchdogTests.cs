using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Tests.Losses;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

public sealed class WatchdogTests
{
    private static readonly EpochSums _even = new(10, 1, 1000, 1000);

    [Theory]
    [InlineData(2, 2, 0.9)]
    [InlineData(0.041, 2, 0.9)] // 2 % of the margin is 0.04.
    [InlineData(0.011, 0.5, 0.601)]
    public void A_trial_with_spread_that_beats_chance_is_fine(double spread, double margin, double auc) =>
        Assert.Empty(Look(new() { Margin = margin }, [Epoch(1, spread)], Metrics(auc)));

    [Fact]
    public void A_collapse_reports_its_spread_the_expected_spread_and_since_when()
    {
        var finding = Assert.Single(Look(new() { Margin = 1.4 }, [Epoch(1, 0.8), Epoch(2, 0.004), Epoch(3, 0.003)], Metrics(0.9)));
        Assert.Equal("collapsed: spread 0.003 of expected 1.4 since epoch 2; try a margin above 1.4, or a learning rate of 0.0002", finding.ToString());
        Assert.True(Watchdog.IsUnusable(finding.Kind));
    }

    [Fact]
    public void A_collapse_suppresses_the_finding_of_no_better_than_chance_but_not_of_swapped_labels()
    {
        Assert.Equal(FindingKind.Collapsed, Assert.Single(Look(new(), [Epoch(1, 0)], Metrics(auc: 0.5))).Kind);
        Assert.Equal([FindingKind.Collapsed, FindingKind.SwappedLabels], Look(new(), [Epoch(1, 0)], Metrics(auc: 0.5), untrainedAuc: 0.3).Select(finding => finding.Kind));
    }

    [Fact]
    public void A_collapse_that_has_passed_is_not_reported() =>
        Assert.Empty(Look(new() { Margin = 1.4 }, [Epoch(1, 0.003), Epoch(2, 1)], Metrics(0.9)));

    [Fact]
    public void The_remedy_for_a_collapse_depends_on_its_cause()
    {
        Assert.Contains("'mining' semi-hard", Look(new() { Mining = "batch-hard" }, [Epoch(1, 0)], Metrics(0.9))[0].Remedy, StringComparison.Ordinal);
        Assert.Contains("'balance' 0.5", Look(new() { Balance = 0 }, [Epoch(1, 0)], Metrics(0.9))[0].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contrastive", 2)]
    [InlineData("nt-xent", 1)]
    [InlineData("circle", 1)]
    public void The_expected_spread_depends_on_the_loss(string loss, double expected) =>
        Assert.Equal(expected, new Watchdog(new Hyperparameters().With(loss)).ExpectedSpread);

    [Theory, InlineData(0.599), InlineData(0.5), InlineData(0.1)]
    public void An_AUC_below_60_percent_is_no_better_than_chance(double auc) =>
        Assert.StartsWith("no better than chance: validation AUC 0.", Look(new(), [Epoch(1, 1)], Metrics(auc))[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Labels_are_swapped_if_same_pairs_were_farther_apart_before_training_and_training_did_not_help()
    {
        var finding = Look(new(), [Epoch(1, 1)], Metrics(auc: 0.35), untrainedAuc: 0.28)[0];
        Assert.Equal(FindingKind.SwappedLabels, finding.Kind);
        Assert.Contains("(AUC 0.280), and training did not fix it (AUC 0.350); check what a 1 in the pairs means: 'label-means'", finding.ToString(), StringComparison.Ordinal);
        // What can be learnt is not swapped, however alike different ones look at first.
        Assert.Empty(Look(new(), [Epoch(1, 1)], Metrics(auc: 0.9), untrainedAuc: 0.28));
    }

    [Fact]
    public void A_trial_without_labels_need_not_be_better_than_chance() =>
        Assert.Empty(Look(new() { Pairing = Pairing.Neighbours }, [Epoch(1, 1)], Metrics(auc: 0.5)));

    [Theory]
    [InlineData(Pairing.Batch, 0, 1000, "0 of 1,000 training pairs per epoch are same; try larger batches, or more images per class")]
    [InlineData(Pairing.Listed, 990, 10, "10 of 1,000 training pairs per epoch are different; try 'balance' 0.5")]
    public void Pairs_of_one_kind_are_named_and_no_reason_against_the_trial(Pairing pairing, long positives, long negatives, string message)
    {
        var finding = Assert.Single(Look(new() { Pairing = pairing }, [Epoch(1, 1)], Metrics(0.9), sums: new(1, 1, positives, negatives)));
        Assert.Equal($"one sided pairs: {message}", finding.ToString());
        Assert.False(Watchdog.IsUnusable(finding.Kind));
    }

    [Fact]
    public void A_kind_of_pair_that_is_rare_in_batches_still_has_its_full_weight() =>
        Assert.Empty(Look(new(), [Epoch(1, 1)], Metrics(0.9), sums: new(1, 1, 1, 100)));

    [Fact]
    public void A_kind_of_pair_without_weight_is_one_sided_too() =>
        Assert.Contains("same pairs have no weight", Assert.Single(Look(new() { Balance = 1 }, [Epoch(1, 1)], Metrics(0.9))).Evidence, StringComparison.Ordinal);

    [Fact]
    public void A_flat_loss_is_reported_as_no_convergence_unless_pairs_are_told_apart()
    {
        EpochReport[] reports = [Epoch(1, 1, loss: 0.51), Epoch(2, 1, loss: 0.5)];
        Assert.Equal(
            "no convergence: training loss 0.51 in epoch 1 and 0.5 in epoch 2, validation EER 31.0 %; try another learning rate, or more epochs",
            Assert.Single(Look(new(), reports, Metrics(0.75, eer: 0.31))).ToString());
        Assert.Empty(Look(new(), reports, Metrics(0.9, eer: 0.02)));
        Assert.Empty(Look(new(), [Epoch(1, 1, loss: 0.51), Epoch(2, 1, loss: 0.3)], Metrics(0.75, eer: 0.31), trainingEer: 0.3));
    }

    [Fact]
    public void Training_images_that_are_told_apart_far_better_than_validation_images_are_memorised()
    {
        Assert.Equal(
            "memorising: EER 1.0 % on training images, 12.0 % on validation images; try 'augment' on, a weight decay, or more data",
            Assert.Single(Look(new(), [Epoch(1, 1)], Metrics(0.9, eer: 0.12), trainingEer: 0.01)).ToString());
        Assert.Empty(Look(new(), [Epoch(1, 1)], Metrics(0.9, eer: 0.12), trainingEer: 0.1));
        Assert.Empty(Look(new(), [Epoch(1, 1)], Metrics(0.9, eer: 0.02), trainingEer: 0));
    }

    [Fact]
    public void A_divergence_reports_its_epoch_and_the_loss_before() => Assert.Equal(
        "diverged: loss or embeddings are not finite in epoch 3, the loss was 0.25 before; try a learning rate of 0.0002",
        new Watchdog(new()).Diverged(3, [Epoch(1, 1), Epoch(2, 1, loss: 0.25)]).ToString());

    [Fact]
    public void Nothing_is_measured_unless_something_looks_wrong() =>
        Assert.Empty(new Watchdog(new()).Look([Epoch(1, 1)], _even, Metrics(0.99, eer: 0.01), () => throw new InvalidOperationException(), () => throw new InvalidOperationException()));

    private static IReadOnlyList<Finding> Look(
        Hyperparameters hyperparameters, EpochReport[] reports, PairMetrics metrics, EpochSums? sums = null, double untrainedAuc = 0.7, double trainingEer = 0.1) =>
        new Watchdog(hyperparameters).Look(reports, sums ?? _even, metrics, () => untrainedAuc, () => trainingEer);

    private static EpochReport Epoch(int epoch, double spread, double loss = 1) => new(epoch, 20, loss, ValidationEer: 0.1, Seconds: epoch, spread);

    private static PairMetrics Metrics(double auc, double eer = 0.1) => new(100, eer, EerThreshold: 1, auc, Accuracy: 0.9, TarAtFar01: 0.5, TarAtFar001: 0.2);
}
