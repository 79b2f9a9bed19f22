using Siamese.Model.Evaluation;

namespace Siamese.Model.Ensembles;

/// <summary>
/// How rare it is among validation images to be as far from training, by whichever of several measures it is the rarest. A
/// share of 0.02 is reached by one validation image of fifty.
/// </summary>
public sealed class NoveltyScale
{
    private readonly float[][] _measures;
    private readonly double[] _rarest;

    /// <param name="measures">By each measure how far every validation image is from training, in the same order.</param>
    /// <exception cref="ArgumentException">There are none, or not as many by one measure as by another.</exception>
    public NoveltyScale(params float[][] measures)
    {
        if (measures.Length == 0 || measures[0].Length == 0 || measures.Any(measure => measure.Length != measures[0].Length))
            throw new ArgumentException("There are no images, or not as many by one measure as by another.", nameof(measures));
        _measures = Array.ConvertAll(measures, measure => measure.Order().ToArray());
        _rarest = [.. Enumerable.Range(0, measures[0].Length).Select(image => Rarity(Array.ConvertAll(measures, measure => measure[image]))).Order()];
    }

    /// <summary>Share of validation images that are as rare or rarer, 0 to 1.</summary>
    /// <param name="values">How far an image is by each measure.</param>
    public double Share(params ReadOnlySpan<float> values)
    {
        var rarity = Rarity(values);
        return (double)SortedCount.Of(_rarest, other => other <= rarity) / _rarest.Length;
    }

    private double Rarity(ReadOnlySpan<float> values)
    {
        var rarest = 1.0;
        for (var m = 0; m < _measures.Length; m++)
            rarest = Math.Min(rarest, 1 - Below(_measures[m], values[m]));
        return rarest;
    }

    private static double Below(float[] sorted, float value) => (double)SortedCount.Of(sorted, other => other < value) / sorted.Length;
}
