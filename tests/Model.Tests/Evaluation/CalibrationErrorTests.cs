using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Evaluation;

namespace Siamese.Model.Tests.Evaluation;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void It_is_the_mean_difference_between_predicted_and_actual_frequencies()
    {
        // Of those at 0.9 every second is same, of those at 0.1 every second too: 0.4 off in both halves.
        var pairs = SomePairs.Of(2, 2);
        Assert.Equal(0.4, new CalibrationError([0.9, 0.1, 0.9, 0.1], pairs).Error, 1e-12);
        Assert.Equal(0, new CalibrationError([0.5, 0.5, 0.5, 0.5], pairs).Error, 1e-12);
        Assert.Equal(0, new CalibrationError([1, 1, 0, 0], pairs).Error, 1e-12);
        Assert.Equal(1, new CalibrationError([0, 0, 1, 1], pairs).Error, 1e-12);
    }

    [Fact]
    public void It_agrees_with_naive_binning()
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

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void Its_interval_contains_the_true_error_about_as_often_as_stated(double power)
    {
        // *Same* with this power of what is said: said 0.5 is so in 0.125 of cases, for 3.
        var truth = power == 1 ? 0 : Enumerable.Range(500, 5).Average(seed => Said(images: 4000, neighbours: 30, power, seed).Error);

        var intervals = Enumerable.Range(1, 100).Select(seed => Said(images: 150, neighbours: 20, power, seed).Interval(150)).ToArray();

        var held = intervals.Count(interval => interval.Low <= truth && truth <= interval.High);
        Assert.True(held >= 90, $"{held} of 100 hold {truth}.");
        // It is of use too: an error that is there is seen.
        if (power == 3)
            Assert.All(intervals, interval => Assert.True(interval.Low > 0.05));
    }

    [Fact]
    public void Its_interval_contains_the_error_itself()
    {
        var said = Said(images: 60, neighbours: 10, power: 1, seed: 5);
        Assert.InRange(said.Error, said.Interval(60).Low, said.Interval(60).High);
    }

    /// <summary>Each kind is drawn as often as the other where the power is 1, so that what was said for a prior of one half is so.</summary>
    private static CalibrationError Said(int images, int neighbours, double power, int seed)
    {
        var random = new Random(seed);
        var said = (from i in Enumerable.Range(0, images)
                    from j in Enumerable.Range(i + 1, Math.Min(neighbours, images - i - 1))
                    let probability = random.NextDouble()
                    let isSame = random.NextDouble() < Math.Pow(probability, power)
                    select (Pair: new ImagePair(i, j, isSame ? Relation.Same : Relation.Different), Probability: probability)).ToArray();
        return new CalibrationError(Array.ConvertAll(said, one => one.Probability), Array.ConvertAll(said, one => one.Pair));
    }

    [Fact]
    public void More_images_narrow_the_interval()
    {
        var (few, many) = (Interval(images: 40), Interval(images: 400));
        Assert.True(many.High - many.Low < 0.6 * (few.High - few.Low));

        static Contracts.Ensembles.Interval Interval(int images) => Said(images, neighbours: 20, power: 2, seed: 3).Interval(images);
    }

    [Fact]
    public void A_missing_kind_and_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CalibrationError([0.5], SomePairs.Of(1, 0)));
        Assert.Throws<ArgumentException>(() => new CalibrationError([0.5], SomePairs.Of(1, 1)));
    }
}
