using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Evaluation;

/// <summary>The mistakes of an ensemble and its members.</summary>
public static class Mistakes
{
    /// <summary>The errors of members, each at its own threshold.</summary>
    /// <param name="distances">Each member's distances of the pairs.</param>
    /// <param name="thresholds">Each member's threshold.</param>
    /// <param name="pairs">The pairs.</param>
    public static MemberErrors OfMembers(IReadOnlyList<float[]> distances, IReadOnlyList<double> thresholds, ImagePair[] pairs)
    {
        var wrong = distances.Zip(thresholds, (its, threshold) => Array.ConvertAll(Enumerable.Range(0, pairs.Length).ToArray(), i =>
            its[i] <= threshold != (pairs[i].Relation is Relation.Same))).ToArray();
        var same = pairs.Count(pair => pair.Relation is Relation.Same);
        var (ofSame, ofDifferent) = (0.5 / Math.Max(1, same), 0.5 / Math.Max(1, pairs.Length - same));
        double Weight(int pair) => pairs[pair].Relation is Relation.Same ? ofSame : ofDifferent;
        double Sum(Predicate<int> isIn) => Enumerable.Range(0, pairs.Length).Where(i => isIn(i)).Sum(Weight);

        var shared = new List<double>();
        for (var first = 0; first < wrong.Length; first++)
        {
            for (var second = first + 1; second < wrong.Length; second++)
            {
                var (one, other) = (wrong[first], wrong[second]);
                var either = Sum(i => one[i] || other[i]);
                shared.Add(either == 0 ? 0 : Sum(i => one[i] && other[i]) / either);
            }
        }

        return new MemberErrors([.. wrong.Select(ofMember => Sum(i => ofMember[i]))], [.. shared]);
    }

    /// <summary>Pairs on the wrong side of the threshold, the farthest from it first.</summary>
    /// <param name="distances">The combined distance of each pair.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="threshold">Pairs up to this distance are judged the same.</param>
    /// <param name="ofKind">Maximum number of pairs of each kind.</param>
    /// <returns>Indices of pairs: the same ones first, then the different ones.</returns>
    public static IEnumerable<int> Worst(float[] distances, ImagePair[] pairs, double threshold, int ofKind)
    {
        var wrong = Enumerable.Range(0, pairs.Length).Where(i => distances[i] <= threshold != (pairs[i].Relation is Relation.Same)).ToArray();
        return wrong.Where(i => pairs[i].Relation is Relation.Same).OrderByDescending(i => distances[i]).Take(ofKind)
            .Concat(wrong.Where(i => pairs[i].Relation is Relation.Different).OrderBy(i => distances[i]).Take(ofKind));
    }
}
