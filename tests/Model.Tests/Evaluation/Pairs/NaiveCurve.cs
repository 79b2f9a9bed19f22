using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Tests.Evaluation.Pairs;

/// <summary>The metrics by their definitions: every pair against every other, every threshold tried by counting.</summary>
internal sealed class NaiveCurve
{
    private readonly float[] _same;
    private readonly float[] _different;

    public NaiveCurve(ImagePair[] pairs, float[] distances)
    {
        _same = [.. distances.Where((_, i) => pairs[i].Relation == Relation.Same)];
        _different = [.. distances.Where((_, i) => pairs[i].Relation == Relation.Different)];
    }

    public double Far(double threshold) => _different.Average(distance => distance <= threshold ? 1.0 : 0);

    public double Frr(double threshold) => _same.Average(distance => distance <= threshold ? 0.0 : 1);

    public double Auc => _different.Average(far => _same.Average(near => near < far ? 1 : near == far ? 0.5 : 0));

    /// <summary>Where the line through the operating points (FAR, FRR) meets FAR = FRR.</summary>
    public double EqualErrorRate
    {
        get
        {
            var points = Thresholds().Select(threshold => (Far: Far(threshold), Frr: Frr(threshold))).ToArray();
            for (var i = 1; i < points.Length; i++)
            {
                var (before, after) = (points[i - 1], points[i]);
                if (after.Far < after.Frr - 1e-12)
                    continue;
                var (left, right) = (before.Frr - before.Far, after.Far - after.Frr);
                return (before.Far * right + after.Far * left) / (left + right);
            }

            throw new InvalidOperationException("The last point accepts every pair.");
        }
    }

    public double TrueAcceptRate(double maximumFar) =>
        Thresholds().Where(threshold => Far(threshold) <= maximumFar).Max(threshold => 1 - Frr(threshold));

    private IEnumerable<double> Thresholds() => _same.Concat(_different).Distinct().Order().Select(d => (double)d).Prepend(double.NegativeInfinity);
}
