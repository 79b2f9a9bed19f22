using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Ensembles;

/// <summary>
/// How rare it is among validation images to be this far from the training images, by the measure under which it is rarest.
/// One validation image in fifty has a share of 0.02 or less.
/// </summary>
public sealed class NoveltyScale
{
    private readonly float[][] _measures;
    private readonly double[] _rarest;

    /// <param name="measures">For each measure, how far every validation image is from the training images, in the same order.</param>
    /// <exception cref="ArgumentException">There are no measures or images, or the measures have different numbers of images.</exception>
    public NoveltyScale(params float[][] measures)
    {
        if (measures.Length == 0 || measures[0].Length == 0 || measures.Any(measure => measure.Length != measures[0].Length))
            throw new ArgumentException("There are no images, or the measures have different numbers of images.", nameof(measures));
        _measures = Array.ConvertAll(measures, measure => measure.Order().ToArray());
        _rarest = [.. Enumerable.Range(0, measures[0].Length).Select(image => Rarity(Array.ConvertAll(measures, measure => measure[image]))).Order()];
    }

    /// <summary>Share of validation images that are as rare or rarer, 0 to 1.</summary>
    /// <param name="values">How far an image is from the training images by each measure.</param>
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
