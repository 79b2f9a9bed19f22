using Siamese.Contracts.Data;

namespace Siamese.Model.Data;

/// <summary>Judges whether labels were read the wrong way round.</summary>
internal static class Polarity
{
    private const double Tolerated = 0.2;

    /// <summary>
    /// *Same* is transitive: if a and b are the same and b and c too, then a and c are not different. True where more than
    /// a fifth of the different pairs break that, and fewer would with the labels swapped.
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
