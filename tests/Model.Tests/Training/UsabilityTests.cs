using Siamese.Contracts.Ensembles;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

public sealed class UsabilityTests
{
    [Theory]
    [InlineData(2, 2, 0.9)]
    [InlineData(0.041, 2, 0.9)] // 2 % of the margin is 0.04.
    [InlineData(0.011, 0.5, 0.601)]
    public void A_trial_with_spread_that_beats_chance_is_usable(double meanDifferent, double margin, double auc) =>
        Assert.Null(Usability.Problem(meanDifferent, margin, Metrics(auc)));

    [Theory]
    [InlineData(0.039, 2)]
    [InlineData(0, 1)]
    public void Different_pairs_within_2_percent_of_the_margin_are_a_collapse(double meanDifferent, double margin)
    {
        var problem = Usability.Problem(meanDifferent, margin, Metrics(auc: 0.9));
        Assert.StartsWith("collapsed: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collapse_says_how_near_and_how_far_it_should_be() =>
        Assert.Contains("different pairs lie 0.003 apart where 1.4 was asked for", Usability.Problem(0.003, 1.4, Metrics(0.9)), StringComparison.Ordinal);

    [Theory, InlineData(0.599), InlineData(0.5), InlineData(0.1)]
    public void An_AUC_below_60_percent_is_no_better_than_chance(double auc) =>
        Assert.StartsWith("no better than chance: validation AUC 0.", Usability.Problem(1, 1, Metrics(auc)), StringComparison.Ordinal);

    private static PairMetrics Metrics(double auc) => new(100, Eer: 0.1, EerThreshold: 1, auc, Accuracy: 0.9, TarAtFar01: 0.5, TarAtFar001: 0.2);
}
