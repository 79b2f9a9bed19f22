using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>
/// <see cref="RocCurve.EqualErrorRate"/> under many draws of the images, each pair weighted by how often its images were
/// drawn. The rates of a draw cross near the EER of the undrawn images, so the walk starts shortly before that point and
/// skips most pairs.
/// </summary>
internal sealed class DrawnEer
{
    /// <summary>A walk starts where the FAR is this share of the EER. If a draw crosses earlier, the walk starts at the first pair.</summary>
    private const double Start = 0.25;

    /// <summary>By ascending distance.</summary>
    private readonly (float Distance, ImagePair Pair)[] _pairs;
    private readonly int _start;
    private readonly ImagePair[] _acceptedBefore;
    private readonly ImagePair[] _rejectedAfter;

    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public DrawnEer(float[] distances, ImagePair[] pairs)
    {
        PairDistances.Check(distances.Length, pairs.Length);
        var sorted = (ImagePair[])pairs.Clone();
        Array.Sort((float[])distances.Clone(), sorted);
        _pairs = [.. distances.Order().Zip(sorted)];

        var passed = (int)(RocCurve.Of(distances, pairs).EqualErrorRate * Start * pairs.Count(pair => pair.Relation is Relation.Different));
        for (var different = 0; different < passed; _start++)
            different += _pairs[_start].Pair.Relation is Relation.Different ? 1 : 0;
        // Equal distances stay together.
        while (_start > 0 && _start < _pairs.Length && _pairs[_start].Distance == _pairs[_start - 1].Distance)
            _start++;
        _acceptedBefore = Kind(_pairs.AsSpan(0, _start), Relation.Different);
        _rejectedAfter = Kind(_pairs.AsSpan(_start), Relation.Same);
    }

    /// <summary>The rate under a draw.</summary>
    /// <param name="draw">How often each pair counts.</param>
    /// <param name="same">Total count of the same pairs, above 0.</param>
    /// <param name="different">Total count of the different pairs, above 0.</param>
    public double Of(ImageDraws draw, long same, long different)
    {
        var (rejected, accepted) = (Sum(_rejectedAfter, draw), Sum(_acceptedBefore, draw));
        return (double)accepted / different < (double)rejected / same
            ? Walk(_start, rejected, accepted, draw, same, different)
            : Walk(0, same, 0, draw, same, different);
    }

    private double Walk(int i, long rejected, long accepted, ImageDraws draw, long same, long different)
    {
        while (i < _pairs.Length)
        {
            var (farBefore, frrBefore) = ((double)accepted / different, (double)rejected / same);
            for (var distance = _pairs[i].Distance; i < _pairs.Length && _pairs[i].Distance == distance; i++)
            {
                var pair = _pairs[i].Pair;
                if (pair.Relation is Relation.Same)
                    rejected -= draw.Of(pair);
                else
                    accepted += draw.Of(pair);
            }

            var (far, frr) = ((double)accepted / different, (double)rejected / same);
            if (far >= frr)
                return EqualError.Between((farBefore, frrBefore), (far, frr));
        }

        return 1;
    }

    private static ImagePair[] Kind(ReadOnlySpan<(float Distance, ImagePair Pair)> pairs, Relation relation)
    {
        var kind = new List<ImagePair>();
        foreach (var (_, pair) in pairs)
            if (pair.Relation == relation)
                kind.Add(pair);
        return [.. kind];
    }

    private static long Sum(ImagePair[] pairs, ImageDraws draw)
    {
        var sum = 0L;
        foreach (var pair in pairs)
            sum += draw.Of(pair);
        return sum;
    }
}
