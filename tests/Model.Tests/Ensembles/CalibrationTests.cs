using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class CalibrationTests
{
    private const int Images = 120;

    [Fact]
    public void Distances_with_linear_log_odds_are_calibrated_by_Platt_scaling()
    {
        var byPlatt = Enumerable.Range(1, 20).Count(seed =>
        {
            var (pairs, distances) = Drawn(seed, (random, isSame) => (isSame ? 1 : 2) + (0.5 * Gauss(random)), images: 40);
            var calibration = Calibration.Fit(distances, pairs, images: 40);
            Assert.Equal(calibration.Isotonic is null, calibration.Check!.PlattLogLoss <= calibration.Check.IsotonicLogLoss);
            return calibration.Isotonic is null;
        });

        Assert.InRange(byPlatt, 15, 20);
    }

    [Fact]
    public void Distances_that_no_sigmoid_fits_are_calibrated_by_isotonic_regression()
    {
        // Three in ten same pairs are as far apart as different ones: the probability falls to a plateau, not to 0.
        var (pairs, distances) = Drawn(seed: 1, (random, isSame) => (isSame && random.NextDouble() < 0.7 ? 1 : 3) + (0.1 * Gauss(random)));
        var calibration = Calibration.Fit(distances, pairs, Images);

        Assert.NotNull(calibration.Isotonic);
        Assert.True(calibration.Check!.IsotonicLogLoss < calibration.Check.PlattLogLoss);
        Assert.Equal(0.3 / 1.3, calibration.Isotonic.Probability(3), 0.02);
        Assert.InRange(calibration.Check.Error, 0, 0.03);
    }

    [Fact]
    public void The_check_reports_its_images_pairs_and_error_interval()
    {
        var (pairs, distances) = Drawn(seed: 3, (random, isSame) => (isSame ? 1 : 2) + (0.5 * Gauss(random)));
        var check = Calibration.Fit(distances, pairs, Images).Check!;

        Assert.Equal((Images, 5 * 24 * 23 / 2), (check.Images, check.Pairs));
        Assert.True(check.ErrorInterval.Low < check.ErrorInterval.High);
        Assert.InRange(check.Error, 0, check.ErrorInterval.High);
    }

    [Fact]
    public void With_too_few_pairs_to_hold_any_out_Platt_scaling_is_used_without_a_check()
    {
        ImagePair[] pairs = [new(0, 1, Relation.Same), new(2, 3, Relation.Same), new(0, 2, Relation.Different), new(1, 3, Relation.Different)];
        var calibration = Calibration.Fit([1, 1.2f, 2, 2.2f], pairs, 4);

        Assert.Null(calibration.Check);
        Assert.Null(calibration.Isotonic);
        Assert.True(calibration.Platt.Probability(1) > calibration.Platt.Probability(2));
    }

    [Fact]
    public void The_same_pairs_give_the_same_calibration()
    {
        var (pairs, distances) = Drawn(seed: 4, (random, isSame) => (isSame ? 1 : 2) + (0.5 * Gauss(random)));
        Assert.Equal(Calibration.Fit(distances, pairs, Images).Check, Calibration.Fit(distances, pairs, Images).Check);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static (ImagePair[] Pairs, float[] Distances) Drawn(int seed, Func<Random, bool, double> distance, int images = Images)
    {
        var random = new Random(seed);
        var pairs = (from i in Enumerable.Range(0, images)
                     from j in Enumerable.Range(i + 1, images - i - 1)
                     select new ImagePair(i, j, i % 2 == j % 2 ? Relation.Same : Relation.Different)).ToArray();
        return (pairs, Array.ConvertAll(pairs, pair => (float)distance(random, pair.Relation is Relation.Same)));
    }
}
