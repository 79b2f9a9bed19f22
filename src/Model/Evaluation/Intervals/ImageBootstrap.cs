using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>
/// Uncertainty of a figure on pairs, by resampling the images with replacement (Efron, Annals of Statistics 1979). It does
/// not resample the pairs: pairs of one image tend to be right or wrong together, and treating them as independent would
/// make the interval far too narrow.
/// </summary>
public static class ImageBootstrap
{
    /// <summary>The percentile interval of an equal error rate.</summary>
    /// <param name="distances">The distance of each pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="confidence">Share of draws inside the interval, between 0 and 1.</param>
    /// <param name="draws">Number of draws, each of as many images.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public static Interval OfEer(float[] distances, ImagePair[] pairs, int images, double confidence = 0.95, int draws = 1000, int seed = 1) =>
        ExtremeRates.Widen(
            RocCurve.Of(distances, pairs).EqualErrorRate, Percentiles(Eers([distances], pairs, images, draws, seed)[0], confidence), ExtremeRates.Independent(pairs));

    /// <summary>Equal error rates under the same draws, so that they can be compared draw by draw.</summary>
    /// <param name="measured">For each thing to compare, its distance of each pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="draws">Number of draws, each of as many images.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>For each of <paramref name="measured"/>, its rate under each draw.</returns>
    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public static double[][] Eers(IReadOnlyList<float[]> measured, ImagePair[] pairs, int images, int draws = 1000, int seed = 1)
    {
        var rates = measured.Select(distances => new DrawnEer(distances, pairs)).ToArray();
        var drawn = Array.ConvertAll(rates, _ => new double[draws]);
        var drawing = new ImageDraws(pairs, images, seed);
        for (var draw = 0; draw < draws; draw++)
        {
            var (same, different) = drawing.Next();
            for (var m = 0; m < rates.Length; m++)
                drawn[m][draw] = rates[m].Of(drawing, same, different);
        }

        return drawn;
    }

    /// <summary>The central interval with this share of the drawn figures; as many lie below it as above.</summary>
    public static Interval Percentiles(IEnumerable<double> drawn, double confidence = 0.95)
    {
        var sorted = drawn.Order().ToArray();
        var tail = (1 - confidence) / 2 * (sorted.Length - 1);
        return new Interval(sorted[(int)Math.Floor(tail)], sorted[(int)Math.Ceiling(sorted.Length - 1 - tail)]);
    }
}
