using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Splits;

/// <summary>Detects labels that were read the wrong way round.</summary>
internal static class Polarity
{
    private const double Tolerated = 0.2;

    /// <summary>
    /// *Same* is transitive: if a and b are the same, and b and c are too, then a and c are not different. True if more than
    /// a fifth of the different pairs violate this, and fewer would if the labels were swapped.
    /// </summary>
    public static bool IsDoubtful(int images, ImagePair[] pairs)
    {
        var asRead = Contradictions(images, pairs, Relation.Same);
        return asRead > Tolerated && Contradictions(images, pairs, Relation.Different) < asRead;
    }

    private static double Contradictions(int images, ImagePair[] pairs, Relation joining)
    {
        var components = new Components(images);
        foreach (var pair in pairs.Where(pair => pair.Relation == joining))
            components.Join(pair.First, pair.Second);
        return pairs.Where(pair => pair.Relation != joining).Average(pair => components.AreJoined(pair.First, pair.Second) ? 1.0 : 0.0);
    }
}
