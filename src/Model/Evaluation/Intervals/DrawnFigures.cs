using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>Every figure of a <see cref="RocCurve"/> under a draw, each pair weighted by how often its images were drawn. One walk per draw.</summary>
internal sealed class DrawnFigures
{
    private readonly float[] _distances;
    private readonly ImagePair[] _pairs;
    private readonly double _threshold;

    /// <param name="distances">The distance of each pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="threshold">Threshold for the accuracy.</param>
    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public DrawnFigures(float[] distances, ImagePair[] pairs, double threshold)
    {
        PairDistances.Check(distances.Length, pairs.Length);
        (_distances, _pairs, _threshold) = ((float[])distances.Clone(), (ImagePair[])pairs.Clone(), threshold);
        Array.Sort(_distances, _pairs);
    }

    /// <summary>Five figures, from 0 to 1.</summary>
    public readonly record struct Figures(double Accuracy, double Eer, double Auc, double TarAtFar01, double TarAtFar001);

    /// <summary>The figures under a draw.</summary>
    /// <param name="draw">How often each pair counts.</param>
    /// <param name="same">Total count of the same pairs, above 0.</param>
    /// <param name="different">Total count of the different pairs, above 0.</param>
    public Figures Of(ImageDraws draw, long same, long different)
    {
        var (nearSame, nearDifferent, twiceNearer) = (0L, 0L, 0.0);
        var (eer, accuracy) = (double.NaN, 0.5);
        var (tarAtFar01, tarAtFar001) = (0.0, 0.0);
        for (var i = 0; i < _pairs.Length;)
        {
            var (sameBefore, differentBefore) = (nearSame, nearDifferent);
            // Equal distances stay together.
            for (var distance = _distances[i]; i < _pairs.Length && _distances[i] == distance; i++)
            {
                if (_pairs[i].Relation is Relation.Same)
                    nearSame += draw.Of(_pairs[i]);
                else
                    nearDifferent += draw.Of(_pairs[i]);
            }

            twiceNearer += (double)(nearDifferent - differentBefore) * (sameBefore + nearSame);
            var (far, tar) = ((double)nearDifferent / different, (double)nearSame / same);
            if (double.IsNaN(eer) && far >= 1 - tar)
                eer = EqualError.Between(((double)differentBefore / different, 1 - ((double)sameBefore / same)), (far, 1 - tar));
            if (far <= 0.01)
                tarAtFar01 = tar;
            if (far <= 0.001)
                tarAtFar001 = tar;
            if (_distances[i - 1] <= _threshold)
                accuracy = (tar + 1 - far) / 2;
        }

        return new(accuracy, eer, twiceNearer / (2.0 * same * different), tarAtFar01, tarAtFar001);
    }
}
