using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Intervals;

public sealed class RateBandsTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 8)]
    public void A_band_contains_the_curve_itself(int seed, int? gridOf)
    {
        var (pairs, distances) = SomePairs.Drawn(seed, same: 600, different: 900, gridOf);
        var naive = new NaiveCurve(pairs, distances);
        double[] fars = [0.05, 0.2, 0.5, 1];

        foreach (var band in new RateBands(distances, pairs).At(fars, images: 901))
        {
            // The lowest rate of rejected pairs that any threshold reaches without accepting too many.
            var frr = distances.Append(-1).Where(threshold => naive.Far(threshold) <= band.Far + 1e-12).Min(threshold => naive.Frr(threshold));
            Assert.InRange(frr, band.Frr.Low, band.Frr.High);
            Assert.True(band.Frr.High - band.Frr.Low < 0.5, $"{band}");
        }
    }

    [Fact]
    public void A_band_contains_the_true_rate_about_as_often_as_stated()
    {
        double[] fars = [0.1, 0.3];
        var all = SomePairs.Every(400);
        var truth = fars.Select(far => Enumerable.Range(500, 5).Average(seed => TrueRate(all, seed, far))).ToArray();

        var pairs = SomePairs.Every(60);
        var held = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var bands = new RateBands(SomePairs.OnALine(pairs, 60, new Random(seed)), pairs).At(fars, images: 60);
            held += bands.Zip(truth).Count(one => one.First.Frr.Low <= one.Second && one.Second <= one.First.Frr.High);
        }

        Assert.InRange(held, 180, 200);
    }

    [Fact]
    public void Rates_go_from_one_pair_to_all()
    {
        var rates = RateBands.Rates(SomePairs.Of(10, 500));

        Assert.Equal(0.002, rates[0], 1e-12);
        Assert.Equal(1, rates[^1], 1e-12);
        Assert.Equal(rates.Order(), rates);
    }

    private static double TrueRate(ImagePair[] pairs, int seed, double far)
    {
        var distances = SomePairs.OnALine(pairs, 400, new Random(seed));
        var different = distances.Where((_, i) => pairs[i].Relation is Relation.Different).Order().ToArray();
        var threshold = MathF.BitDecrement(different[(int)(far * different.Length)]);
        return distances.Where((_, i) => pairs[i].Relation is Relation.Same).Average(distance => distance <= threshold ? 0.0 : 1);
    }
}
