using Siamese.Contracts;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Intervals;

public sealed class OperatingPointsTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.05)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void Each_threshold_is_the_best_within_its_error_limit(double maximum)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (pairs, distances) = SomePairs.Drawn(seed, same: 700, different: 900, gridOf: seed % 2 == 0 ? 40 : null);
            var points = new OperatingPoints(distances, pairs, 901);

            var far = points.AtFar(maximum);
            Assert.Equal(Share(Relation.Different, distance => distance <= far.Threshold), far.Far);
            Assert.True(far.Far <= maximum);
            Assert.True(Share(Relation.Different, distance => distance <= Next(far.Threshold)) > maximum);

            var frr = points.AtFrr(maximum);
            Assert.Equal(Share(Relation.Same, distance => distance > frr.Threshold), frr.Frr);
            Assert.True(frr.Frr <= maximum);
            Assert.True(Share(Relation.Same, distance => distance >= frr.Threshold) > maximum);

            double Share(Relation relation, Func<float, bool> isCounted) =>
                (double)pairs.Where((pair, i) => pair.Relation == relation && isCounted(distances[i])).Count() / pairs.Count(pair => pair.Relation == relation);

            double Next(double threshold) => distances.Where((_, i) => pairs[i].Relation is Relation.Different && distances[i] > threshold).Min();
        }
    }

    [Fact]
    public void Too_few_pairs_to_measure_a_rate_are_refused_with_the_number_needed()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 1, same: 500, different: 3000);
        var points = new OperatingPoints(distances, pairs, 3001);

        Assert.Equal(
            "A false accept rate of 0.1 % cannot be measured with 3,000 different validation pairs: it needs 30,000, for 30 errors. These pairs allow 1 % or more.",
            Assert.Throws<BadInputException>(() => points.AtFar(0.001)).Message);
        Assert.Contains("500 same validation pairs: it needs 3,000", Assert.Throws<BadInputException>(() => points.AtFrr(0.01)).Message, StringComparison.Ordinal);
        Assert.True(points.AtFar(0.01).Far <= 0.01);
    }

    [Fact]
    public void Its_interval_contains_the_rate_on_as_many_new_images_about_as_often_as_stated()
    {
        const int Images = 60;
        var held = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var point = new OperatingPoints(Drawn(2 * seed).Distances, Drawn(2 * seed).Pairs, Images).AtFar(0.1);
            var (pairs, distances) = Drawn((2 * seed) + 1);
            var far = (double)pairs.Where((pair, i) => pair.Relation is Relation.Different && distances[i] <= point.Threshold).Count() / pairs.Count(pair => pair.Relation is Relation.Different);
            held += point.FarInterval.Low <= far && far <= point.FarInterval.High ? 1 : 0;
        }

        Assert.InRange(held, 88, 100);

        static (ImagePair[] Pairs, float[] Distances) Drawn(int seed)
        {
            var pairs = SomePairs.Every(Images);
            return (pairs, SomePairs.OnALine(pairs, Images, new Random(seed)));
        }
    }
}
