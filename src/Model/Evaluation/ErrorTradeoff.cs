using System.Collections.Immutable;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation;

/// <summary>Both error rates at every threshold that changes them, for a ROC or a DET curve.</summary>
public static class ErrorTradeoff
{
    /// <summary>Default maximum number of points.</summary>
    public const int DefaultLimit = 2000;

    /// <summary>
    /// The corners of the curve by ascending threshold, from the point that accepts no pair to the point that accepts all.
    /// Points on a straight line between two corners are left out. If there are more corners than <paramref name="limit"/>,
    /// those closest to the previous one are dropped. Closeness is measured in normal deviates, so that small rates count as
    /// much as large ones.
    /// </summary>
    /// <param name="distances">The distance of each pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="limit">Maximum number of points, from 2.</param>
    /// <exception cref="ArgumentException">A kind is missing, or the numbers of distances and of pairs differ.</exception>
    public static ImmutableArray<CurvePoint> Of(float[] distances, ImagePair[] pairs, int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 2);
        var corners = Corners(distances, pairs);
        if (corners.Count <= limit)
            return [.. corners];
        var finest = 0.5 / pairs.Length;
        var deviates = corners.Select(corner => (Far: Deviate(corner.Far, finest), Frr: Deviate(corner.Frr, finest))).ToArray();
        var (tooFine, step) = (0.0, 16.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (tooFine + step) / 2;
            (tooFine, step) = Kept(deviates, middle).Count > limit ? (middle, step) : (tooFine, middle);
        }

        return [.. Kept(deviates, step).Select(i => corners[i])];
    }

    private static List<CurvePoint> Corners(float[] distances, ImagePair[] pairs)
    {
        PairDistances.Check(distances.Length, pairs.Length);
        var same = pairs.Count(pair => pair.Relation is Relation.Same);
        var different = pairs.Length - same;
        if (same == 0 || different == 0)
            throw new ArgumentException("A curve needs pairs of both kinds.", nameof(pairs));
        var (keys, sorted) = ((float[])distances.Clone(), (ImagePair[])pairs.Clone());
        Array.Sort(keys, sorted);

        var points = new List<(float Threshold, int Rejected, int Accepted)> { (MathF.BitDecrement(keys[0]), same, 0) };
        var (rejected, accepted) = (same, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            (rejected, accepted) = sorted[i].Relation is Relation.Same ? (rejected - 1, accepted) : (rejected, accepted + 1);
            if (i < keys.Length - 1 && keys[i] == keys[i + 1])
                continue;
            if (points.Count > 1 && AreStraight(points[^2], points[^1], (keys[i], rejected, accepted)))
                points.RemoveAt(points.Count - 1);
            points.Add((keys[i], rejected, accepted));
        }

        return points.ConvertAll(point => new CurvePoint(point.Threshold, (double)point.Accepted / different, (double)point.Rejected / same));
    }

    private static bool AreStraight(
        (float Threshold, int Rejected, int Accepted) first, (float Threshold, int Rejected, int Accepted) second, (float Threshold, int Rejected, int Accepted) third) =>
        (first.Rejected == second.Rejected && second.Rejected == third.Rejected) || (first.Accepted == second.Accepted && second.Accepted == third.Accepted);

    /// <summary>The first, the last, and each point between them that is at least a step from the one kept before it in one of the rates.</summary>
    private static List<int> Kept((double Far, double Frr)[] deviates, double step)
    {
        var kept = new List<int> { 0 };
        for (var i = 1; i < deviates.Length - 1; i++)
        {
            var (far, frr) = deviates[kept[^1]];
            if (deviates[i].Far - far >= step || frr - deviates[i].Frr >= step)
                kept.Add(i);
        }

        kept.Add(deviates.Length - 1);
        return kept;
    }

    private static double Deviate(double rate, double finest) => NormalDeviate.Of(Math.Clamp(rate, finest, 1 - finest));
}

/// <summary>The scale of detection error tradeoff curves, on which those of normal distributions are straight (Martin et al., Eurospeech 1997).</summary>
internal static class NormalDeviate
{
    /// <summary>The standard normal quantile of this probability, accurate to 0.0005: Abramowitz and Stegun, 26.2.23.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Of(double probability)
    {
        if (probability > 0.5)
            return -Of(1 - probability);
        var t = Math.Sqrt(-2 * Math.Log(probability));
        return ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308))))))) - t;
    }
}
