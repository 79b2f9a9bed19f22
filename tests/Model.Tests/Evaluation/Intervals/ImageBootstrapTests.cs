using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Intervals;

public sealed class ImageBootstrapTests
{
    [Fact]
    public void The_interval_contains_the_rate_itself_and_is_narrower_with_more_images()
    {
        var (few, many) = (Drawn(images: 60, seed: 1), Drawn(images: 300, seed: 1));
        var (wide, narrow) = (Interval(few), Interval(many));

        Assert.InRange(RocCurve.Of(few.Distances, few.Pairs).EqualErrorRate, wide.Low, wide.High);
        Assert.InRange(RocCurve.Of(many.Distances, many.Pairs).EqualErrorRate, narrow.Low, narrow.High);
        Assert.True(narrow.High - narrow.Low < 0.7 * (wide.High - wide.Low));
    }

    [Fact]
    public void It_contains_the_true_rate_about_as_often_as_stated()
    {
        var truth = Enumerable.Range(100, 40).Average(seed => Eer(Drawn(images: 80, seed)));
        var held = Enumerable.Range(1, 100).Count(seed => Interval(Drawn(images: 80, seed)) is var interval && interval.Low <= truth && truth <= interval.High);

        Assert.InRange(held, 85, 100);
    }

    [Fact]
    public void Resampling_pairs_instead_of_images_would_be_overconfident()
    {
        var (distances, pairs) = Drawn(images: 80, seed: 3);
        var byImages = Interval((distances, pairs));
        // Each pair gets two images of its own, so drawing images draws pairs.
        var apart = pairs.Select((pair, i) => pair with { First = 2 * i, Second = (2 * i) + 1 }).ToArray();
        var byPairs = ImageBootstrap.OfEer(distances, apart, 2 * pairs.Length, draws: 200);

        Assert.True(byPairs.High - byPairs.Low < 0.6 * (byImages.High - byImages.Low));
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var some = Drawn(images: 40, seed: 5);
        Assert.Equal(Interval(some), Interval(some));
    }

    [Theory]
    [InlineData(1.6, 1)]
    [InlineData(1.05, 2)]
    [InlineData(0.4, 3)]
    [InlineData(3, 4)]
    public void Each_draw_agrees_with_a_naive_resampling(double width, int seed)
    {
        const int Images = 40;
        var (distances, pairs) = Drawn(Images, seed, width);
        var another = distances.Select(distance => MathF.Round(distance, 1)).ToArray(); // With ties.

        var drawn = ImageBootstrap.Eers([distances, another], pairs, Images, draws: 50, seed);

        var random = new Random(seed);
        for (var draw = 0; draw < 50; draw++)
        {
            var times = Enumerable.Range(0, Images).Select(_ => random.Next(Images)).CountBy(image => image).ToDictionary();
            var written = (from i in Enumerable.Range(0, pairs.Length)
                           from _ in Enumerable.Range(0, times.GetValueOrDefault(pairs[i].First) * times.GetValueOrDefault(pairs[i].Second))
                           select i).ToArray();
            foreach (var (measured, rates) in new[] { distances, another }.Zip(drawn))
            {
                var curve = RocCurve.Of(Array.ConvertAll(written, i => measured[i]), Array.ConvertAll(written, i => pairs[i]));
                Assert.Equal(curve.EqualErrorRate, rates[draw], 12);
            }
        }
    }

    private static Interval Interval((float[] Distances, ImagePair[] Pairs) some) => ImageBootstrap.OfEer(some.Distances, some.Pairs, some.Pairs.Max(pair => pair.Second) + 1, draws: 400);

    private static double Eer((float[] Distances, ImagePair[] Pairs) some) => RocCurve.Of(some.Distances, some.Pairs).EqualErrorRate;

    private static (float[] Distances, ImagePair[] Pairs) Drawn(int images, int seed, double width = 1.6)
    {
        var pairs = SomePairs.Every(images);
        return (SomePairs.OnALine(pairs, images, new Random(seed), width), pairs);
    }
}
