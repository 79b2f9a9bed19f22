using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Pruners;

namespace Siamese.Grains.Tests.Search.Pruners;

/// <summary>What every pruner must do, and the rule of each.</summary>
public sealed class PrunerTests
{
    /// <summary>The test of each pruner's rule. A new pruner needs one.</summary>
    private static readonly Dictionary<PruneKind, string> _rules = new()
    {
        [PruneKind.Asha] = nameof(The_best_third_continues),
        [PruneKind.Median] = nameof(A_trial_with_an_EER_above_the_median_of_five_others_is_paused),
    };

    public static TheoryData<PruneKind> Pruning => [.. PruningMethod.All.Where(method => method.Pruner is not null).Select(method => method.Kind)];

    [Fact]
    public void Every_pruner_is_registered_once_and_has_a_test_of_its_rule()
    {
        Assert.Equal(Enum.GetValues<PruneKind>(), PruningMethod.All.Select(method => method.Kind).Order());
        Assert.Null(PruningMethod.Of(PruneKind.None).Pruner);
        foreach (var method in PruningMethod.All.Where(method => method.Pruner is not null))
            Assert.True(_rules.ContainsKey(method.Kind), $"The pruner {method.Kind} is registered, but no test shows its rule: write one, and add its name to {nameof(_rules)}.");
    }

    [Theory, MemberData(nameof(Pruning))]
    public void The_decision_epoch_is_reached_and_never_goes_back(PruneKind kind)
    {
        var decisions = Enumerable.Range(0, 100).Select(PrunerOf(kind).DecidesAfter).ToArray();
        Assert.Equal(0, decisions[0]);
        Assert.All(decisions.Index(), decision => Assert.InRange(decision.Item, 0, decision.Index));
        Assert.Equal(decisions.Order(), decisions);
    }

    [Theory, MemberData(nameof(Pruning))]
    public void If_a_trial_is_paused_no_worse_one_continues_and_the_best_always_does(PruneKind kind)
    {
        var pruner = PrunerOf(kind);
        double[] values = [.. Enumerable.Range(1, 12).Select(i => i / 25.0)];
        var continues = values.Select(own => pruner.Judge(9, own, [.. values.Where(other => other != own)], isIdle: false) is null).ToArray();
        Assert.True(continues[0]);
        Assert.False(continues[^1]);
        Assert.Equal(continues.OrderDescending(), continues);
    }

    [Theory, MemberData(nameof(Pruning))]
    public void The_only_trial_continues_if_there_is_nothing_else_to_train(PruneKind kind) =>
        Assert.Null(PrunerOf(kind).Judge(1, 0.4, [], isIdle: true));

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

    private static IPruner PrunerOf(PruneKind kind) => PruningMethod.Of(kind).Pruner!;
}
