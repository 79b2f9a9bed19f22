using Siamese.Model.Evaluation;

namespace Siamese.Model.Ensembles;

/// <summary>
/// How rare it is among validation images to be as far from training: by what the members make of an image and by how it looks,
/// whichever is the rarer. A share of 0.02 is reached by one validation image of fifty.
/// </summary>
public sealed class NoveltyScale
{
    private readonly float[] _distances;
    private readonly float[] _looks;
    private readonly double[] _rarer;

    /// <param name="distances">Of each validation image its <see cref="References.Nearest"/>.</param>
    /// <param name="looks">Of each its <see cref="Appearances.Nearest"/>.</param>
    /// <exception cref="ArgumentException">There are none, or not as many of the one as of the other.</exception>
    public NoveltyScale(float[] distances, float[] looks)
    {
        if (distances.Length == 0 || distances.Length != looks.Length)
            throw new ArgumentException($"{distances.Length} distances do not go with {looks.Length} looks.", nameof(distances));
        _distances = [.. distances.Order()];
        _looks = [.. looks.Order()];
        _rarer = [.. distances.Zip(looks, Rarer).Order()];
    }

    /// <summary>Share of validation images that are as rare or rarer, 0 to 1.</summary>
    /// <param name="distance">Of an image.</param>
    /// <param name="look">Of the same.</param>
    public double Share(float distance, float look)
    {
        var rarity = Rarer(distance, look);
        return (double)SortedCount.Of(_rarer, other => other <= rarity) / _rarer.Length;
    }

    private double Rarer(float distance, float look) => Math.Min(1 - Below(_distances, distance), 1 - Below(_looks, look));

    private static double Below(float[] sorted, float value) => (double)SortedCount.Of(sorted, other => other < value) / sorted.Length;
}
