using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Model.Evaluation.OneShot;

/// <summary>How often the image of the query's class is the nearest to the query.</summary>
public static class OneShotAccuracy
{
    /// <summary>
    /// With fewer groups than this, the bootstrap does not resample groups, because a handful says little about groups in
    /// general. It resamples the query classes instead, and the interval is for other classes of the same groups.
    /// </summary>
    public const int FewestGroups = 10;

    /// <summary>The pairs to measure: for each trial in turn, its query with each image to choose from.</summary>
    public static ImagePair[] Pairs(IReadOnlyList<OneShotTrial> trials) =>
    [
        .. trials.SelectMany(trial => trial.Support.Select((image, i) => new ImagePair(trial.Query, image, i == 0 ? Relation.Same : Relation.Different))),
    ];

    /// <summary>For each trial, 1 if the right image is nearest and 0 if it is not; a fraction if others are equally near.</summary>
    /// <param name="distances">Distances of the <see cref="Pairs"/>, in their order.</param>
    /// <param name="ways">Number of images to choose from in each trial.</param>
    /// <exception cref="ArgumentException">The distances do not make whole trials, or one is not a finite number.</exception>
    public static double[] Right(float[] distances, int ways)
    {
        if (distances.Length % ways != 0)
            throw new ArgumentException($"{distances.Length} distances do not make whole trials of {ways}.", nameof(distances));
        if (!distances.All(float.IsFinite))
            throw new ArgumentException("A distance is not a number, or is infinite.", nameof(distances));
        return [.. distances.Chunk(ways).Select(trial => trial.Any(distance => distance < trial[0]) ? 0 : 1.0 / trial.Count(distance => distance == trial[0]))];
    }

    /// <summary>
    /// The share of trials that are right, with its 95 % interval. Resamples units, because trials of one unit tend to be
    /// right or wrong together.
    /// </summary>
    /// <param name="right">Result of each trial, 0 to 1.</param>
    /// <param name="units">Unit of each trial, resampled with replacement: its group, or its query's class.</param>
    /// <param name="draws">Number of draws, each of as many units.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static Estimate Estimated(double[] right, int[] units, int draws = 1000, int seed = 1)
    {
        var random = new Random(seed);
        var sums = right.Zip(units).GroupBy(trial => trial.Second).OrderBy(unit => unit.Key)
            .Select(unit => (Right: unit.Sum(trial => trial.First), Count: unit.Count())).ToArray();
        var drawn = ImageBootstrap.Percentiles(Enumerable.Range(0, draws).Select(_ =>
        {
            var (sum, count) = (0.0, 0);
            for (var i = 0; i < sums.Length; i++)
            {
                var unit = sums[random.Next(sums.Length)];
                (sum, count) = (sum + unit.Right, count + unit.Count);
            }

            return sum / count;
        }));
        var interval = ExtremeRates.Widen(right.Average(), drawn, sums.Length);
        return new(right.Average(), interval.Low, interval.High);
    }
}
