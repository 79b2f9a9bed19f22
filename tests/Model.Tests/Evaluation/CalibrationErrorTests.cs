using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Evaluation;

namespace Siamese.Model.Tests.Evaluation;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void It_is_the_mean_distance_of_what_was_said_from_what_was_so()
    {
        // Of those at 0.9 every second is same, of those at 0.1 every second too: 0.4 off in both halves.
        var pairs = SomePairs.Of(2, 2);
        Assert.Equal(0.4, new CalibrationError([0.9, 0.1, 0.9, 0.1], pairs).Error, 1e-12);
        Assert.Equal(0, new CalibrationError([0.5, 0.5, 0.5, 0.5], pairs).Error, 1e-12);
        Assert.Equal(0, new CalibrationError([1, 1, 0, 0], pairs).Error, 1e-12);
        Assert.Equal(1, new CalibrationError([0, 0, 1, 1], pairs).Error, 1e-12);
    }

    [Fact]
    public void It_agrees_with_bins_written_out()
    {
        // 1,500 of each kind in 15 bins of 200 pairs each.
        var random = new Random(1);
        var pairs = SomePairs.Of(1500, 1500);
        var probabilities = Array.ConvertAll(pairs, pair => Math.Clamp((pair.Relation is Relation.Same ? 0.6 : 0.3) + (0.3 * random.NextDouble()), 0, 1));
        var ordered = probabilities.Zip(pairs).OrderBy(one => one.First).ToArray();

        var expected = ordered.Chunk(200).Sum(bin => Math.Abs(bin.Average(one => one.First) - bin.Average(one => one.Second.Relation is Relation.Same ? 1.0 : 0))) / 15;

        Assert.Equal(expected, new CalibrationError(probabilities, pairs).Error, 1e-9);
    }

    [Fact]
    public void Each_kind_weighs_half_however_many_pairs_it_has()
    {
        // All at one half: right for a prior of one half, whatever the numbers.
        Assert.Equal(0, new CalibrationError([.. Enumerable.Repeat(0.5, 1010)], SomePairs.Of(10, 1000)).Error, 1e-12);
    }

    [Fact]
    public void More_images_tell_it_more_surely()
    {
        var (few, many) = (Interval(images: 40), Interval(images: 400));
        Assert.True(many.High - many.Low < 0.6 * (few.High - few.Low));

        static Contracts.Ensembles.Interval Interval(int images)
        {
            var random = new Random(3);
            // *Same* less often than is said.
            var said = (from i in Enumerable.Range(0, images)
                        from j in Enumerable.Range(i + 1, Math.Min(20, images - i - 1))
                        let probability = random.NextDouble()
                        let isSame = random.NextDouble() < probability * probability
                        select (Pair: new ImagePair(i, j, isSame ? Relation.Same : Relation.Different), Probability: probability)).ToArray();
            return new CalibrationError(Array.ConvertAll(said, one => one.Probability), Array.ConvertAll(said, one => one.Pair)).Interval(images);
        }
    }

    [Fact]
    public void A_missing_kind_and_lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CalibrationError([0.5], SomePairs.Of(1, 0)));
        Assert.Throws<ArgumentException>(() => new CalibrationError([0.5], SomePairs.Of(1, 1)));
    }
}
