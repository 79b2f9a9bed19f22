using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Ensembles;

/// <summary>
/// The curve that never rises with the distance and has the smallest squared error on the pairs, with half of the weight
/// for each kind. It pools neighbours that violate the order (Zadrozny, Elkan, "Transforming classifier scores into accurate
/// multiclass probability estimates", KDD 2002).
/// </summary>
public static class IsotonicRegression
{
    /// <summary>Fits the curve. Probabilities stay away from 0 and 1 by as much as Platt's targets: 1 / (pairs of the rarer kind + 2).</summary>
    /// <exception cref="ArgumentException">A kind is missing, the lengths differ, or a distance is not a finite number.</exception>
    public static IsotonicCurve Fit(ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs)
    {
        var (same, different) = KindsOf.Calibrating(distances, pairs);
        var sorted = distances.ToArray();
        var kinds = pairs.ToArray();
        Array.Sort(sorted, kinds);

        var blocks = new Stack<Block>();
        for (var i = 0; i < sorted.Length;)
        {
            var (sames, all) = (0.0, 0.0);
            var distance = sorted[i];
            // Equal distances stay together.
            for (; i < sorted.Length && sorted[i] == distance; i++)
            {
                var weight = 0.5 / (kinds[i].Relation is Relation.Same ? same : different);
                sames += kinds[i].Relation is Relation.Same ? weight : 0;
                all += weight;
            }

            var block = new Block(distance, distance, sames, all);
            while (blocks.TryPeek(out var before) && before.Probability <= block.Probability)
                block = blocks.Pop().With(block);
            blocks.Push(block);
        }

        return ToCurve([.. blocks.Reverse()], margin: 1.0 / (Math.Min(same, different) + 2));
    }

    private static IsotonicCurve ToCurve(Block[] blocks, double margin)
    {
        var knots = blocks.SelectMany(block => block.First == block.Last ? new[] { (block.First, block.Probability) } : [(block.First, block.Probability), (block.Last, block.Probability)]).ToArray();
        return new IsotonicCurve([.. knots.Select(knot => knot.First)], [.. knots.Select(knot => Math.Clamp(knot.Probability, margin, 1 - margin))]);
    }

    /// <summary>Distances that share a probability.</summary>
    private readonly record struct Block(float First, float Last, double Same, double All)
    {
        public double Probability => Same / All;

        public Block With(Block next) => new(First, next.Last, Same + next.Same, All + next.All);
    }
}
