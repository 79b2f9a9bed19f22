using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Intervals;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void It_is_the_mean_difference_between_predicted_and_actual_frequencies()
    {
        // Half of the pairs at 0.9 are same, and half of those at 0.1: both halves are off by 0.4.
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
    public void Its_bins_are_those_of_naive_binning()
    {
        var random = new Random(1);
        var pairs = SomePairs.Of(1500, 1500);
        var probabilities = Array.ConvertAll(pairs, pair => Math.Clamp((pair.Relation is Relation.Same ? 0.6 : 0.3) + (0.3 * random.NextDouble()), 0, 1));
        var expected = probabilities.Zip(pairs).OrderBy(one => one.First).Chunk(200).ToArray();

        var bins = new CalibrationError(probabilities, pairs).Reliability(images: 1501);

        Assert.Equal(expected.Length, bins.Length);
        foreach (var (bin, naive) in bins.Zip(expected))
        {
            Assert.Equal(naive.Average(one => one.First), bin.Predicted, 1e-9);
            Assert.Equal(naive.Average(one => one.Second.Relation is Relation.Same ? 1.0 : 0), bin.Observed.Value, 1e-9);
            Assert.InRange(bin.Observed.Value, bin.Observed.Low, bin.Observed.High);
            Assert.Equal(200, bin.Pairs);
        }
    }

    [Fact]
    public void Well_calibrated_bins_contain_the_diagonal_about_as_often_as_stated()
    {
        var bins = Enumerable.Range(1, 40).SelectMany(seed => Predicted(images: 150, neighbours: 20, power: 1, seed).Reliability(150)).ToArray();

        var held = (double)bins.Count(bin => bin.Observed.Low <= bin.Predicted && bin.Predicted <= bin.Observed.High) / bins.Length;
        Assert.InRange(held, 0.9, 1);
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
        // A pair is *same* with the predicted probability to this power: for 3, a predicted 0.5 means 0.125.
        var truth = power == 1 ? 0 : Enumerable.Range(500, 5).Average(seed => Predicted(images: 4000, neighbours: 30, power, seed).Error);

        var intervals = Enumerable.Range(1, 100).Select(seed => Predicted(images: 150, neighbours: 20, power, seed).Interval(150)).ToArray();

        var held = intervals.Count(interval => interval.Low <= truth && truth <= interval.High);
        Assert.True(held >= 90, $"{held} of 100 contain {truth}.");
        // The interval is also narrow enough to reveal a real error.
        if (power == 3)
            Assert.All(intervals, interval => Assert.True(interval.Low > 0.05));
    }

    [Fact]
    public void Its_interval_contains_the_error_itself()
    {
        var predicted = Predicted(images: 60, neighbours: 10, power: 1, seed: 5);
        Assert.InRange(predicted.Error, predicted.Interval(60).Low, predicted.Interval(60).High);
    }

    /// <summary>With a power of 1 both kinds are drawn equally often, so that predictions for a prior of one half are right.</summary>
    private static CalibrationError Predicted(int images, int neighbours, double power, int seed)
    {
        var random = new Random(seed);
        var predicted = (from i in Enumerable.Range(0, images)
                         from j in Enumerable.Range(i + 1, Math.Min(neighbours, images - i - 1))
                         let probability = random.NextDouble()
                         let isSame = random.NextDouble() < Math.Pow(probability, power)
                         select (Pair: new ImagePair(i, j, isSame ? Relation.Same : Relation.Different), Probability: probability)).ToArray();
        return new CalibrationError(Array.ConvertAll(predicted, one => one.Probability), Array.ConvertAll(predicted, one => one.Pair));
    }

    [Fact]
    public void More_images_narrow_the_interval()
    {
        var (few, many) = (Interval(images: 40), Interval(images: 400));
        Assert.True(many.High - many.Low < 0.6 * (few.High - few.Low));

        static Contracts.Pairs.Interval Interval(int images) => Predicted(images, neighbours: 20, power: 2, seed: 3).Interval(images);
    }

    [Fact]
    public void A_missing_kind_and_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CalibrationError([0.5], SomePairs.Of(1, 0)));
        Assert.Throws<ArgumentException>(() => new CalibrationError([0.5], SomePairs.Of(1, 1)));
    }
}
