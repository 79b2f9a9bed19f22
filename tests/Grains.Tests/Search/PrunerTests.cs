using Siamese.Grains.Search.Pruning;

namespace Siamese.Grains.Tests.Search;

public sealed class PrunerTests
{
    [Theory]
    [InlineData(2, new[] { 1 })]
    [InlineData(20, new[] { 1, 3, 9 })]
    [InlineData(100, new[] { 1, 3, 9, 27, 81 })]
    public void Rungs_are_after_1_3_9_epochs_and_so_on(int epochs, int[] rungs) =>
        Assert.Equal(rungs, Enumerable.Range(0, epochs + 1).Select(new AshaPruner().DecidesAfter).Distinct().Where(rung => rung > 0));

    [Fact]
    public void The_best_third_continues()
    {
        var pruner = new AshaPruner();
        double[] others = [0.1, 0.2, 0.3, 0.4, 0.5];
        Assert.Null(pruner.Judge(1, 0.15, others, isIdle: false));
        Assert.Equal("paused after epoch 1 with an EER of 25.0 %, rank 3 of the 6 trials that got this far: the best 2 continue", pruner.Judge(1, 0.25, others, isIdle: false));
        // A tie with the second is good enough.
        Assert.Null(pruner.Judge(1, 0.1, others, isIdle: false));
        Assert.Equal(0.3, pruner.ValueOf([0.1, 0.2, 0.3, 0.4], 3));
    }

    [Fact]
    public void A_trial_with_an_EER_above_the_median_of_five_others_is_paused()
    {
        var pruner = new MedianPruner();
        double[] others = [0.1, 0.2, 0.3, 0.4, 0.5];
        Assert.Null(pruner.Judge(2, 0.3, others, isIdle: false));
        Assert.Equal("paused after epoch 2 with an EER of 31.0 %, above 30.0 %, the median of the 5 other trials that got this far", pruner.Judge(2, 0.31, others, isIdle: false));
        Assert.Null(pruner.Judge(2, 0.5, others[1..], isIdle: false));
        // An epoch that is worse than an earlier one does no harm.
        Assert.Equal(0.1, pruner.ValueOf([0.2, 0.1, 0.3, 0.05], 3));
    }
}
