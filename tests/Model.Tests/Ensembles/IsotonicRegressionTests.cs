using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class IsotonicRegressionTests
{
    [Fact]
    public void Neighbours_that_violate_the_order_share_their_mean()
    {
        // By distance: same, different, same, same, different, different; both kinds weigh the same.
        var curve = IsotonicRegression.Fit([1, 3, 4, 2, 5, 6], SomePairs.Of(3, 3));

        AssertClose([1, 2, 4, 5, 6], curve.Distances.Select(distance => (double)distance));
        AssertClose([0.8, 2 / 3.0, 2 / 3.0, 0.2, 0.2], curve.Probabilities); // Kept away from 0 and 1 by 1 / (3 + 2).
        Assert.Equal(0.8, curve.Probability(0));
        Assert.Equal(0.2, curve.Probability(100));
        Assert.Equal(2 / 3.0, curve.Probability(3), 1e-12);
        Assert.Equal((2 / 3.0 + 0.2) / 2, curve.Probability(4.5), 1e-12);
    }

    [Fact]
    public void It_agrees_with_a_naive_implementation()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var (pairs, distances) = SomePairs.Drawn(seed, same: 10 + seed, different: 40 - seed, gridOf: seed % 3 == 0 ? 8 : null);
            var curve = IsotonicRegression.Fit(distances, pairs);
            for (var i = 0; i < pairs.Length; i++)
                Assert.Equal(Naive(distances, pairs, distances[i]), curve.Probability(distances[i]), 1e-9);
        }
    }

    [Fact]
    public void A_larger_distance_is_never_more_likely_same_and_nothing_is_certain()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 2, same: 500, different: 300);
        var curve = IsotonicRegression.Fit(distances, pairs);
        var probabilities = Enumerable.Range(-10, 400).Select(i => curve.Probability(i / 100.0)).ToArray();

        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.All(probabilities, probability => Assert.InRange(probability, 1 / 302.0, 301 / 302.0));
    }

    [Fact]
    public void Reversed_pairs_and_equal_distances_get_a_probability_of_one_half()
    {
        Assert.Equal(0.5, IsotonicRegression.Fit([2, 2, 1, 1], SomePairs.Of(2, 2)).Probability(1.5));
        Assert.Equal(0.5, IsotonicRegression.Fit([3, 3, 3], SomePairs.Of(2, 1)).Probability(3));
    }

    [Fact]
    public void Missing_kinds_and_distances_that_are_not_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1, 2], SomePairs.Of(2, 0)));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1], SomePairs.Of(1, 1)));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1, float.NaN], SomePairs.Of(1, 1)));
    }

    /// <summary>
    /// By the min-max formula: the minimum, over starts up to `at`, of the maximum share of same pairs from the
    /// start to an end from `at` on.
    /// </summary>
    private static double Naive(float[] distances, ImagePair[] pairs, float at)
    {
        double same = pairs.Count(pair => pair.Relation is Relation.Same);
        var different = pairs.Length - same;
        var values = distances.Distinct().Order().ToArray();
        var probability = values.Where(start => start <= at).Min(start => values.Where(end => end >= at).Max(end => Share(start, end)));
        var margin = 1 / (Math.Min(same, different) + 2);
        return Math.Clamp(probability, margin, 1 - margin);

        double Share(float start, float end)
        {
            var inside = pairs.Where((_, i) => distances[i] >= start && distances[i] <= end).ToArray();
            var sames = inside.Count(pair => pair.Relation is Relation.Same) / same;
            return sames / (sames + (inside.Count(pair => pair.Relation is Relation.Different) / different));
        }
    }

    private static void AssertClose(double[] expected, IEnumerable<double> actual)
    {
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(one, other, 1e-12);
        Assert.Equal(expected.Length, actual.Count());
    }
}
