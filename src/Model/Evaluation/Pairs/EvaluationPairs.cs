using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Pairs;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Evaluation.Pairs;

/// <summary>Chooses which pairs of a split are measured: all of them, or a fixed draw if there are too many. The same split gives the same pairs.</summary>
public static class EvaluationPairs
{
    /// <summary>Default maximum number of pairs to measure if the pairs are not given.</summary>
    public const int DefaultLimit = 200_000;

    private const int Seed = 20_060_617; // Any constant; changing it changes every figure measured on drawn pairs.

    /// <summary>
    /// The given pairs if the data has them; otherwise every unordered pair of two images. If those are more than
    /// <paramref name="limit"/>, a draw without replacement, uniform within each kind: at most limit / 2 *same* pairs, the
    /// rest *different* pairs, if there are enough.
    /// </summary>
    /// <exception cref="ArgumentException">Images without a class and without given pairs, or a limit below 2.</exception>
    public static ImagePair[] Of(DataSplit split, int limit = DefaultLimit)
    {
        if (limit < 2)
            throw new ArgumentException($"A limit of {limit} pairs cannot include one of each kind.", nameof(limit));
        if (split.GivenPairs is { } given)
            return given;

        var labels = split.Images.Labels;
        if (labels.Any(label => label < 0))
            throw new ArgumentException("Images without a class need given pairs.", nameof(split));

        var all = (long)labels.Length * (labels.Length - 1) / 2;
        if (all <= limit)
            return Every(labels, (int)all);
        var classes = new OrderedClasses(labels, groupOfClass: null);
        var same = (int)Math.Min(limit / 2, classes.SamePairs);
        return Drawn(classes, same, (int)Math.Min(limit - same, classes.DifferentPairs), unchecked(Seed + 31 * labels.Length + classes.Count));
    }

    /// <summary>A draw without replacement, uniform within each kind; all pairs of a kind if there are fewer.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="groupOfClass">The group of each class. The images of a different pair are from one group; null if they may be of any classes.</param>
    /// <param name="each">Number of pairs of each kind.</param>
    /// <param name="seed">The same seed draws the same pairs.</param>
    /// <exception cref="ArgumentException">Images without a class.</exception>
    public static ImagePair[] Draw(int[] labels, IReadOnlyList<int>? groupOfClass, int each, int seed)
    {
        if (labels.Any(label => label < 0))
            throw new ArgumentException("Images without a class cannot be paired.", nameof(labels));
        var classes = new OrderedClasses(labels, groupOfClass);
        return Drawn(classes, (int)Math.Min(each, classes.SamePairs), (int)Math.Min(each, classes.DifferentPairs), seed);
    }

    /// <summary>A draw from the pairs of images of which some are forgeries.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="forged">Whether each image is a forgery of an image of its class.</param>
    /// <param name="each">Number of pairs of each kind. Half of the different pairs have a forgery, if there are enough.</param>
    /// <param name="seed">The same seed draws the same pairs.</param>
    public static ImagePair[] DrawWithForgeries(int[] labels, bool[] forged, int each, int seed) => ForgeryPairs.Of(labels, forged, each, seed);

    private static ImagePair[] Every(int[] labels, int count)
    {
        var pairs = new ImagePair[count];
        var at = 0;
        for (var i = 0; i < labels.Length; i++)
            for (var j = i + 1; j < labels.Length; j++)
                pairs[at++] = new ImagePair(i, j, labels[i] == labels[j] ? Relation.Same : Relation.Different);
        return pairs;
    }

    private static ImagePair[] Drawn(OrderedClasses classes, int same, int different, int seed)
    {
        var random = new Random(seed);
        var pairs = new List<ImagePair>(same + different);
        foreach (var number in DistinctNumbers.Draw(classes.SamePairs, same, random))
            pairs.Add(classes.Same(number));
        foreach (var number in DistinctNumbers.Draw(classes.DifferentPairs, different, random))
            pairs.Add(classes.Different(number));
        return [.. pairs];
    }
}
