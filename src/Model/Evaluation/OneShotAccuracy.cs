using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;

namespace Siamese.Model.Evaluation;

/// <summary>How often the image of the query's class is the nearest to it.</summary>
public static class OneShotAccuracy
{
    /// <summary>
    /// With fewer groups than this they are not drawn from: nothing is known of groups from a handful. Then the classes that
    /// were asked about are, and the interval is for other classes of the same groups.
    /// </summary>
    public const int FewestGroups = 10;

    /// <summary>What has to be measured: of each trial, one behind the other, its query with each image to choose from.</summary>
    public static ImagePair[] Pairs(IReadOnlyList<OneShotTrial> trials) =>
    [
        .. trials.SelectMany(trial => trial.Support.Select((image, i) => new ImagePair(trial.Query, image, i == 0 ? Relation.Same : Relation.Different))),
    ];

    /// <summary>Of each trial 1 where the right one is nearest, 0 where it is not; a share where others are as near.</summary>
    /// <param name="distances">Of the <see cref="Pairs"/>, in their order.</param>
    /// <param name="ways">Images to choose from in each trial.</param>
    /// <exception cref="ArgumentException">The distances are not of whole trials, or one is not a finite number.</exception>
    public static double[] Right(float[] distances, int ways)
    {
        if (distances.Length % ways != 0)
            throw new ArgumentException($"{distances.Length} distances are no trials of {ways}.", nameof(distances));
        if (!distances.All(float.IsFinite))
            throw new ArgumentException("A distance is not a number, or is infinite.", nameof(distances));
        return [.. distances.Chunk(ways).Select(trial => trial.Any(distance => distance < trial[0]) ? 0 : 1.0 / trial.Count(distance => distance == trial[0]))];
    }

    /// <summary>The share of trials that are right, with its 95 % interval: trials of one unit are right or wrong together.</summary>
    /// <param name="right">Of each trial, 0 to 1.</param>
    /// <param name="units">Of each trial what is drawn again, with replacement: its group, or its query's class.</param>
    /// <param name="draws">Draws of as many units.</param>
    /// <param name="seed">Of the draws.</param>
    public static Estimate Estimated(double[] right, int[] units, int draws = 1000, int seed = 1)
    {
        var random = new Random(seed);
        var sums = right.Zip(units).GroupBy(trial => trial.Second).OrderBy(unit => unit.Key)
            .Select(unit => (Right: unit.Sum(trial => trial.First), Count: unit.Count())).ToArray();
        var interval = ImageBootstrap.Percentiles(Enumerable.Range(0, draws).Select(_ =>
        {
            var (sum, count) = (0.0, 0);
            for (var i = 0; i < sums.Length; i++)
            {
                var drawn = sums[random.Next(sums.Length)];
                (sum, count) = (sum + drawn.Right, count + drawn.Count);
            }

            return sum / count;
        }));
        return new(right.Average(), interval.Low, interval.High);
    }
}
