using Siamese.Model.Distances;

namespace Siamese.Model.Losses;

/// <summary>Margins in units of a distance.</summary>
internal static class Margins
{
    /// <summary>
    /// The default margin of a loss that pushes *different* pairs to a distance. With each distance it is about as hard to meet
    /// as 2 is with the Euclidean one: its square, about four times as much for the Manhattan distance of 32 numbers, and a
    /// quarter of the range for the cosine distance. Embeddings of length 1 are on average √2 apart; for them it is 1.
    /// </summary>
    public static double Absolute(Distance distance, int embeddingSize, bool isNormalized) => distance switch
    {
        CosineDistance => 0.5,
        _ when isNormalized => OfLengthOne(distance, embeddingSize, 1),
        SquaredEuclideanDistance => 4,
        ManhattanDistance => 8,
        _ => 2,
    };

    /// <summary>The default margin of a loss on triplets: half as much, as it is a gap between two distances; less if distances are bounded.</summary>
    public static double Gap(Distance distance, int embeddingSize, bool isNormalized) => distance switch
    {
        CosineDistance => 0.2,
        _ when isNormalized => OfLengthOne(distance, embeddingSize, 0.3),
        SquaredEuclideanDistance => 2,
        ManhattanDistance => 4,
        _ => 1,
    };

    /// <exception cref="ArgumentOutOfRangeException">It is not a valid margin.</exception>
    public static double Check(double margin) => double.IsFinite(margin) && margin >= 0
        ? margin
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin must be a number of at least 0.");

    /// <summary>Converts a Euclidean distance to another one; for the Manhattan distance, it is spread over all components.</summary>
    private static double OfLengthOne(Distance distance, int embeddingSize, double euclidean) => distance switch
    {
        SquaredEuclideanDistance => euclidean * euclidean,
        ManhattanDistance => euclidean * Math.Sqrt(embeddingSize) * Math.Sqrt(2 / Math.PI),
        _ => euclidean,
    };
}
