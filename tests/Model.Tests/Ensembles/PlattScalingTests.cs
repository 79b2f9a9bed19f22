using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class PlattScalingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Known_parameters_are_recovered(float scale)
    {
        // Normal distances with the same spread s around μ and ν have linear log odds: A = (ν − μ)/s², B = (μ² − ν²)/2s².
        var (pairs, distances) = Normal(seed: 1, same: 40_000, different: 40_000, scale);
        var platt = PlattScaling.Fit(distances, pairs);

        Assert.Equal(8, platt.A * scale, 0.3);
        Assert.Equal(-8, platt.B, 0.3);
        Assert.Equal(0.5, platt.Probability(1 * scale), 0.02);
    }

    [Fact]
    public void The_prior_is_one_half_however_many_pairs_there_are_of_each_kind()
    {
        var (pairs, distances) = Normal(seed: 2, same: 4_000, different: 60_000, scale: 1);
        Assert.Equal(0.5, PlattScaling.Fit(distances, pairs).Probability(1), 0.03);
    }

    [Fact]
    public void The_fit_is_the_minimum_of_the_loss()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 3);
        var platt = PlattScaling.Fit(distances, pairs);
        var lowest = Loss(platt, distances, pairs);
        foreach (var (a, b) in new[] { (0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01), (0.01, -0.01), (-0.01, 0.01) })
            Assert.True(Loss(new PlattScaling(platt.A + a, platt.B + b), distances, pairs) > lowest);
    }

    [Fact]
    public void The_minimum_is_found_in_few_passes_over_the_pairs_despite_rounding()
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var (pairs, distances) = SomePairs.Drawn(seed, same: 2000, different: 4000);
            PlattScaling.Fit(distances, pairs, out var looks);
            Assert.InRange(looks, 2, 25);
        }
    }

    [Fact]
    public void Separated_pairs_get_finite_parameters_and_confident_probabilities()
    {
        var pairs = SomePairs.Of(1000, 1000);
        var platt = PlattScaling.Fit([.. Enumerable.Repeat(0.5f, 1000), .. Enumerable.Repeat(1.5f, 1000)], pairs);

        Assert.Equal(1001 / 1002.0, platt.Probability(0.5), 1e-4); // Platt's own targets.
        Assert.Equal(1 / 1002.0, platt.Probability(1.5), 1e-4);
    }

    [Fact]
    public void A_larger_distance_is_never_more_likely_same()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 4);
        var platt = PlattScaling.Fit(distances, pairs);
        var probabilities = Enumerable.Range(0, 40).Select(i => platt.Probability(i / 10.0)).ToArray();
        Assert.Equal(probabilities.OrderDescending(), probabilities);

        Assert.Equal(new PlattScaling(0, 0), PlattScaling.Fit([2, 2, 1, 1], SomePairs.Of(2, 2))); // The wrong way round.
        Assert.Equal(new PlattScaling(0, 0), PlattScaling.Fit([3, 3, 3, 3], SomePairs.Of(2, 2)));
    }

    [Fact]
    public void Extreme_distances_have_probabilities_too()
    {
        var platt = new PlattScaling(10, -10);
        Assert.Equal(0, platt.Probability(1e9));
        Assert.Equal(1 / (1 + Math.Exp(-10)), platt.Probability(0), 1e-12);
        Assert.Equal(1, new PlattScaling(0, -1e9).Probability(1));
    }

    [Fact]
    public void Missing_kinds_and_distances_that_are_not_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1, 2], SomePairs.Of(2, 0)));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1, 2], SomePairs.Of(0, 2)));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1], SomePairs.Of(1, 1)));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1, float.NaN], SomePairs.Of(1, 1)));
    }

    /// <summary>Normal distances around 0.5 for same and 1.5 for different pairs, with a variance of 1/8, times a scale.</summary>
    private static (ImagePair[] Pairs, float[] Distances) Normal(int seed, int same, int different, float scale)
    {
        var random = new Random(seed);
        var pairs = SomePairs.Of(same, different);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (pairs, [.. pairs.Select(pair => scale * (float)((pair.Relation == Relation.Same ? 0.5 : 1.5) + Math.Sqrt(0.125) * Gauss()))]);
    }

    private static double Loss(PlattScaling platt, float[] distances, ImagePair[] pairs)
    {
        double same = pairs.Count(pair => pair.Relation == Relation.Same);
        var different = pairs.Length - same;
        var loss = 0.0;
        for (var i = 0; i < pairs.Length; i++)
        {
            var isSame = pairs[i].Relation == Relation.Same;
            var target = isSame ? (same + 1) / (same + 2) : 1 / (different + 2);
            var probability = platt.Probability(distances[i]);
            loss -= (target * Math.Log(probability) + (1 - target) * Math.Log(1 - probability)) / (isSame ? same : different);
        }

        return loss;
    }
}
