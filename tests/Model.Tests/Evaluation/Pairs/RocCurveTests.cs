using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Pairs;

public sealed class RocCurveTests
{
    [Fact]
    public void Metrics_without_ties_match_a_hand_computation()
    {
        var curve = RocCurve.Of([1, 2, 3, 6], [4, 5, 7, 8]);

        Assert.Equal(8, curve.Pairs);
        Assert.Equal(14 / 16.0, curve.Auc); // 6 is farther than 4 and 5; every other of the 16 comparisons is right.
        Assert.Equal(0.25, curve.EqualErrorRate); // At 4: one of four different pairs is accepted, one of four same pairs is not.
        Assert.Equal(4.5, curve.EqualErrorThreshold);
        Assert.Equal(0.75, curve.BalancedAccuracy(4.5));
        Assert.Equal(0.875, curve.BalancedAccuracy(3));
        Assert.Equal(0.75, curve.TrueAcceptRate(0));
        Assert.Equal(0.75, curve.TrueAcceptRate(0.49));
        Assert.Equal(1, curve.TrueAcceptRate(0.5));
    }

    [Fact]
    public void Metrics_with_ties_match_a_hand_computation()
    {
        var curve = RocCurve.Of([1, 1, 2, 2], [2, 2, 2, 3]);

        Assert.Equal(13 / 16.0, curve.Auc); // 2 against 2 six times, each counting half.
        Assert.Equal(0.3, curve.EqualErrorRate, 1e-12); // From (FAR 0, FRR ½) at 1 to (¾, 0) at 2: they meet 0.4 of the way.
        Assert.Equal(1.4, curve.EqualErrorThreshold, 1e-12);
        Assert.Equal(0.5, curve.TrueAcceptRate(0.74));
        Assert.Equal(1, curve.TrueAcceptRate(0.75));
    }

    [Fact]
    public void Separated_pairs_have_no_error_at_the_middle_of_the_gap()
    {
        var curve = RocCurve.Of([0.5f, 1], [2, 5, 9]);

        Assert.Equal(0, curve.EqualErrorRate);
        Assert.Equal(1.5, curve.EqualErrorThreshold);
        Assert.Equal(1, curve.Auc);
        Assert.Equal(1, curve.BalancedAccuracy(curve.EqualErrorThreshold));
        Assert.Equal(1, curve.TrueAcceptRate(0));
    }

    [Fact]
    public void Equal_distances_everywhere_are_no_better_than_chance()
    {
        var curve = RocCurve.Of([3, 3], [3, 3, 3]);

        Assert.Equal(0.5, curve.EqualErrorRate);
        Assert.Equal(3, curve.EqualErrorThreshold);
        Assert.Equal(0.5, curve.Auc);
        Assert.Equal(0.5, curve.BalancedAccuracy(3));
        Assert.Equal(0, curve.TrueAcceptRate(0.99));
    }

    [Fact]
    public void Reversed_distances_are_worse_than_chance()
    {
        var curve = RocCurve.Of([4, 5], [1, 2]);

        Assert.Equal(1, curve.EqualErrorRate);
        Assert.Equal(0, curve.Auc);
        Assert.Equal(0, curve.BalancedAccuracy(3));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(20)]
    [InlineData(4)]
    [InlineData(1)]
    public void Metrics_agree_with_their_definitions_however_many_ties(int? gridOf)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (pairs, distances) = SomePairs.Drawn(seed, same: 1 + seed % 7 * 11, different: 1 + seed % 5 * 23, gridOf);
            var curve = RocCurve.Of(distances, pairs);
            var naive = new NaiveCurve(pairs, distances);

            Assert.Equal(naive.Auc, curve.Auc, 1e-9);
            Assert.Equal(naive.EqualErrorRate, curve.EqualErrorRate, 1e-9);
            foreach (var far in new[] { 0, 0.001, 0.01, 0.1, 0.5, 1 })
                Assert.Equal(naive.TrueAcceptRate(far), curve.TrueAcceptRate(far), 1e-9);
            foreach (var threshold in new[] { 0, 0.5, 1, 1.25, 2, curve.EqualErrorThreshold })
                Assert.Equal((2 - naive.Far(threshold) - naive.Frr(threshold)) / 2, curve.BalancedAccuracy(threshold), 1e-9);
        }
    }

    [Fact]
    public void The_two_errors_are_nearly_equal_at_the_threshold()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 5, same: 2000, different: 3000);
        var curve = RocCurve.Of(distances, pairs);
        var naive = new NaiveCurve(pairs, distances);

        Assert.Equal(curve.EqualErrorRate, naive.Far(curve.EqualErrorThreshold), 1e-3);
        Assert.Equal(curve.EqualErrorRate, naive.Frr(curve.EqualErrorThreshold), 1e-3);
    }

    [Fact]
    public void Many_more_pairs_of_one_kind_change_nothing()
    {
        float[] same = [1, 2, 2, 6];
        float[] different = [2, 5, 7, 8];
        var once = RocCurve.Of(same, different).ToMetrics();
        var often = RocCurve.Of(same, Enumerable.Repeat(different, 9).SelectMany(d => d).ToArray()).ToMetrics();

        Assert.Equal(once with { Pairs = 40 }, often);
    }

    [Fact]
    public void A_stated_threshold_changes_only_the_accuracy()
    {
        var curve = RocCurve.Of([1, 2, 3, 6], [4, 5, 7, 8]);

        Assert.Equal(0.75, curve.ToMetrics().Accuracy);
        Assert.Equal(curve.ToMetrics() with { Accuracy = 0.875 }, curve.ToMetrics(threshold: 3));
    }

    [Fact]
    public void Missing_kinds_and_distances_that_are_not_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RocCurve.Of([], [1]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1], Array.Empty<float>()));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1, float.NaN], [1]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1], [float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1, 2, 3], SomePairs.Of(1, 1)));
    }
}
