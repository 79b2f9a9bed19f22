using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>Thresholds for an acceptable error rate, and how certain that rate is.</summary>
public sealed class OperatingPoints
{
    /// <summary>
    /// Number of errors needed to state a rate within 30 % with 90 % confidence, if they were independent: Doddington et
    /// al., "The NIST speaker recognition evaluation", Speech Communication 2000.
    /// </summary>
    private const int NeededErrors = 30;

    private const int Draws = 1000;

    private readonly float[] _distances;
    private readonly ImagePair[] _pairs;
    private readonly int _images;
    private readonly float[] _same;
    private readonly float[] _different;

    /// <param name="distances">The combined distance of each validation pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public OperatingPoints(float[] distances, ImagePair[] pairs, int images)
    {
        PairDistances.Check(distances.Length, pairs.Length);
        (_distances, _pairs, _images) = (distances, pairs, images);
        _same = Sorted(Relation.Same);
        _different = Sorted(Relation.Different);
    }

    /// <summary>The largest threshold at which at most this share of different pairs is called same.</summary>
    /// <param name="maximum">Above 0 and below 1.</param>
    /// <exception cref="BadInputException">There are too few different pairs; the message says how many are needed.</exception>
    public OperatingPoint AtFar(double maximum)
    {
        Support(maximum, _different.Length, "false accept", "different");
        // The next one would be too many; equal distances stay together.
        var allowed = (int)Math.Floor(maximum * _different.Length);
        return At(float.BitDecrement(_different[allowed]));
    }

    /// <summary>The smallest threshold at which at most this share of same pairs is called different.</summary>
    /// <param name="maximum">Above 0 and below 1.</param>
    /// <exception cref="BadInputException">There are too few same pairs; the message says how many are needed.</exception>
    public OperatingPoint AtFrr(double maximum)
    {
        Support(maximum, _same.Length, "false reject", "same");
        return At(_same[_same.Length - 1 - (int)Math.Floor(maximum * _same.Length)]);
    }

    private static void Support(double maximum, int pairs, string error, string kind)
    {
        if (maximum * pairs >= NeededErrors)
            return;
        throw new BadInputException(string.Create(
            CultureInfo.InvariantCulture,
            $"A {error} rate of {100 * maximum:0.####} % cannot be measured with {pairs:N0} {kind} validation pairs: it needs {Math.Ceiling(NeededErrors / maximum):N0}, for {NeededErrors} errors. These pairs allow {100.0 * NeededErrors / pairs:0.####} % or more."));
    }

    /// <summary>
    /// Both rates at a threshold. The rates of new images differ from these rates as two draws of these images differ from
    /// each other. The difference is taken between square roots, where the spread of a small rate hardly depends on the rate.
    /// </summary>
    private OperatingPoint At(float threshold)
    {
        var (far, frr) = (Share(_different, distance => distance <= threshold), Share(_same, distance => distance > threshold));
        var accepted = Wrong(Relation.Different, distance => distance <= threshold);
        var rejected = Wrong(Relation.Same, distance => distance > threshold);
        var drawing = new ImageDraws(_pairs, _images, seed: 1);
        var (fars, frrs) = (new double[2 * Draws], new double[2 * Draws]);
        for (var draw = 0; draw < fars.Length; draw++)
        {
            var (same, different) = drawing.Next();
            fars[draw] = accepted.Sum(pair => (double)drawing.Of(pair)) / different;
            frrs[draw] = rejected.Sum(pair => (double)drawing.Of(pair)) / same;
        }

        return new OperatingPoint(
            threshold,
            far, ExtremeRates.Widen(far, Expected(far, fars), ExtremeRates.Independent(_pairs, Relation.Different)),
            frr, ExtremeRates.Widen(frr, Expected(frr, frrs), ExtremeRates.Independent(_pairs, Relation.Same)));
    }

    private static Interval Expected(double rate, double[] drawn) => ImageBootstrap.Percentiles(Enumerable.Range(0, Draws).Select(i =>
    {
        var root = Math.Sqrt(rate) + Math.Sqrt(drawn[2 * i]) - Math.Sqrt(drawn[(2 * i) + 1]);
        return root <= 0 ? 0 : Math.Min(1, root * root);
    }));

    private float[] Sorted(Relation relation)
    {
        var sorted = _distances.Where((_, i) => _pairs[i].Relation == relation).ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException($"There are no pairs that are {relation}.");
        Array.Sort(sorted);
        return sorted;
    }

    private ImagePair[] Wrong(Relation relation, Func<float, bool> isWrong) =>
        [.. _pairs.Where((pair, i) => pair.Relation == relation && isWrong(_distances[i]))];

    private static double Share(float[] distances, Func<float, bool> isCounted) => (double)distances.Count(isCounted) / distances.Length;
}
