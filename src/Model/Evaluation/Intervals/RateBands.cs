using System.Collections.Immutable;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>
/// How uncertain a curve of both error rates is: at fixed false accept rates, 95 % intervals of the false reject rate by
/// bootstrap over images ("vertical averaging" of Fawcett, "An introduction to ROC analysis", 2006).
/// </summary>
public sealed class RateBands
{
    /// <summary>Number of false accept rates, at equal ratios.</summary>
    private const int Steps = 32;

    private readonly float[] _distances;
    private readonly ImagePair[] _pairs;

    /// <param name="distances">The distance of each pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public RateBands(float[] distances, ImagePair[] pairs)
    {
        PairDistances.Check(distances.Length, pairs.Length);
        (_distances, _pairs) = ((float[])distances.Clone(), (ImagePair[])pairs.Clone());
        Array.Sort(_distances, _pairs);
    }

    /// <summary>Rates at equal ratios from that of a single different pair to 1.</summary>
    public static double[] Rates(ImagePair[] pairs)
    {
        var different = pairs.Count(pair => pair.Relation is Relation.Different);
        return [.. Enumerable.Range(0, Steps).Select(step => Math.Pow(different, ((double)step / (Steps - 1)) - 1))];
    }

    /// <summary>The bands at false accept rates.</summary>
    /// <param name="fars">The rates, ascending, from 0 to 1.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="draws">Number of draws, each of as many images.</param>
    /// <param name="seed">Seed of the draws.</param>
    public ImmutableArray<CurveBand> At(double[] fars, int images, int draws = 200, int seed = 1)
    {
        var independent = ExtremeRates.Independent(_pairs, Relation.Same);
        var same = _pairs.LongCount(pair => pair.Relation is Relation.Same);
        var whole = Walk(fars, _ => 1, same, _pairs.Length - same);
        var drawn = Array.ConvertAll(fars, _ => new double[draws]);
        var drawing = new ImageDraws(_pairs, images, seed);
        for (var draw = 0; draw < draws; draw++)
        {
            var (ofSame, ofDifferent) = drawing.Next();
            foreach (var (place, frr) in Walk(fars, drawing.Of, ofSame, ofDifferent).Index())
                drawn[place][draw] = frr;
        }

        return [.. fars.Select((far, place) => new CurveBand(far, ExtremeRates.Widen(whole[place], ImageBootstrap.Percentiles(drawn[place]), independent)))];
    }

    /// <summary>For each rate, the false reject rate at the largest threshold at which the false accept rate is at most that.</summary>
    private double[] Walk(double[] fars, Func<ImagePair, int> times, long same, long different)
    {
        var frrs = new double[fars.Length];
        var (rejected, accepted, place) = (same, 0L, 0);
        for (var i = 0; i < _pairs.Length && place < fars.Length;)
        {
            var before = rejected;
            // Equal distances stay together.
            for (var distance = _distances[i]; i < _pairs.Length && _distances[i] == distance; i++)
            {
                if (_pairs[i].Relation is Relation.Same)
                    rejected -= times(_pairs[i]);
                else
                    accepted += times(_pairs[i]);
            }

            while (place < fars.Length && accepted > fars[place] * different * (1 + 1e-12))
                frrs[place++] = (double)before / same;
        }

        return frrs;
    }
}
