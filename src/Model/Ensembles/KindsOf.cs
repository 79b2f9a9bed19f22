using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Ensembles;

/// <summary>Numbers of pairs of each kind.</summary>
internal static class KindsOf
{
    /// <summary>Counts the pairs of each kind, and checks that a calibration can be fitted to them.</summary>
    /// <exception cref="ArgumentException">A kind is missing, the lengths differ, or a distance is not a finite number.</exception>
    public static (int Same, int Different) Calibrating(ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs)
    {
        PairDistances.Check(distances.Length, pairs.Length);
        var same = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            same += pairs[i].Relation is Relation.Same ? 1 : 0;
            if (!float.IsFinite(distances[i]))
                throw new ArgumentException("A distance is not a number, or is infinite.", nameof(distances));
        }

        if (same == 0 || same == pairs.Length)
            throw new ArgumentException("A calibration needs pairs of both kinds.", nameof(pairs));
        return (same, pairs.Length - same);
    }
}
