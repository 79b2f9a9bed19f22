using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Evaluation.Pairs;

/// <summary>
/// How well a distance separates *same* from *different* pairs, over every threshold t: a pair is called *same* if its
/// distance is at most t. FAR(t) is the share of different pairs called same, FRR(t) the share of same pairs called
/// different, TAR(t) = 1 − FRR(t). They are shares of their own kind, so each kind has half of the weight, whatever its
/// number. Pairs of equal distance stay together.
/// </summary>
public sealed class RocCurve
{
    private readonly float[] _same;
    private readonly float[] _different;
    private readonly (double Rate, double Threshold) _equalError;

    private RocCurve(float[] same, float[] different)
    {
        if (same.Length == 0 || different.Length == 0)
            throw new ArgumentException($"A curve needs pairs of both kinds; there are {same.Length} same and {different.Length} different ones.");
        if (!same.All(float.IsFinite) || !different.All(float.IsFinite))
            throw new ArgumentException("A distance is not a number, or is infinite.");

        Array.Sort(same);
        Array.Sort(different);
        (_same, _different) = (same, different);
        _equalError = FindEqualError();
    }

    /// <summary>The curve of these distances.</summary>
    /// <exception cref="ArgumentException">A kind is empty, or a distance is not a finite number.</exception>
    public static RocCurve Of(ReadOnlySpan<float> same, ReadOnlySpan<float> different) => new(same.ToArray(), different.ToArray());

    /// <summary>The curve of the distances of these pairs, in their order.</summary>
    /// <exception cref="ArgumentException">A kind is empty, a distance is not a finite number, or the numbers of distances and of pairs differ.</exception>
    public static RocCurve Of(ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs)
    {
        PairDistances.Check(distances.Length, pairs.Length);

        var count = 0;
        foreach (var pair in pairs)
            count += pair.Relation == Relation.Same ? 1 : 0;
        var (same, different) = (new float[count], new float[pairs.Length - count]);
        var (sames, differents) = (0, 0);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].Relation == Relation.Same)
                same[sames++] = distances[i];
            else
                different[differents++] = distances[i];
        }

        return new RocCurve(same, different);
    }

    /// <summary>Number of pairs of both kinds.</summary>
    public int Pairs => _same.Length + _different.Length;

    /// <summary>Equal error rate, 0 to 1: FAR = FRR on the line between the two operating points where they cross.</summary>
    public double EqualErrorRate => _equalError.Rate;

    /// <summary>
    /// The threshold of the equal error rate, interpolated between the two points' thresholds like the rate; midway between
    /// two distances if a point meets FAR = FRR exactly.
    /// </summary>
    public double EqualErrorThreshold => _equalError.Threshold;

    /// <summary>Area under the curve: the probability that a same pair is nearer than a different one, ties counting half.</summary>
    public double Auc
    {
        get
        {
            long twice = 0; // For each different pair, the number of same pairs nearer than it plus the number no farther.
            var (nearer, noFarther) = (0, 0);
            foreach (var distance in _different)
            {
                while (nearer < _same.Length && _same[nearer] < distance)
                    nearer++;
                while (noFarther < _same.Length && _same[noFarther] <= distance)
                    noFarther++;
                twice += nearer + noFarther;
            }

            return twice / (2.0 * _same.Length * _different.Length);
        }
    }

    /// <summary>(TAR + 1 − FAR) / 2 at a threshold.</summary>
    public double BalancedAccuracy(double threshold) =>
        ((double)AtMost(_same, threshold) / _same.Length + 1 - (double)AtMost(_different, threshold) / _different.Length) / 2;

    /// <summary>The largest TAR at any threshold whose FAR is at most <paramref name="maximumFalseAcceptRate"/>.</summary>
    public double TrueAcceptRate(double maximumFalseAcceptRate)
    {
        var accepted = 0; // Different pairs that may be called same; the threshold must stay below the next one's distance.
        while (accepted < _different.Length && (accepted + 1.0) / _different.Length <= maximumFalseAcceptRate)
            accepted++;
        return accepted == _different.Length ? 1 : (double)Below(_same, _different[accepted]) / _same.Length;
    }

    /// <summary>All metrics that are reported for a set of pairs.</summary>
    /// <param name="threshold">The threshold in use, for the accuracy; null means this curve's own <see cref="EqualErrorThreshold"/>.</param>
    public PairMetrics ToMetrics(double? threshold = null) => new(
        Pairs, EqualErrorRate, EqualErrorThreshold, Auc, BalancedAccuracy(threshold ?? EqualErrorThreshold), TrueAcceptRate(0.01), TrueAcceptRate(0.001));

    private (double Rate, double Threshold) FindEqualError()
    {
        var (rejected, accepted) = (_same.Length, 0); // Same pairs called different, different pairs called same.
        for (var previous = double.NaN; ;)
        {
            var distance = Next(_same.Length - rejected, accepted);
            var (rejectedBefore, acceptedBefore) = (rejected, accepted);
            while (rejected > 0 && _same[_same.Length - rejected] <= distance)
                rejected--;
            while (accepted < _different.Length && _different[accepted] <= distance)
                accepted++;

            var crossing = EqualError.Between((rejectedBefore, acceptedBefore), (rejected, accepted), _same.Length, _different.Length);
            if (crossing is var (rate, way))
                return (rate, way == 1 ? (distance + NextOr(distance)) / 2 : double.IsNaN(previous) ? distance : previous + way * (distance - previous));
            previous = distance;
        }

        double Next(int same, int different) => Math.Min(
            same < _same.Length ? _same[same] : double.PositiveInfinity,
            different < _different.Length ? _different[different] : double.PositiveInfinity);

        double NextOr(double last) => Next(_same.Length - rejected, accepted) is var next && double.IsFinite(next) ? next : last;
    }

    private static int AtMost(float[] sorted, double threshold) => SortedCount.Of(sorted, distance => distance <= threshold);

    private static int Below(float[] sorted, double threshold) => SortedCount.Of(sorted, distance => distance < threshold);
}
