using Siamese.Model.Distances;

namespace Siamese.Model.Losses;

/// <summary>Margins in units of a distance.</summary>
internal static class Margins
{
    /// <summary>
    /// Of a loss that pushes *different* pairs to a distance: about as hard to meet under each distance as 2 is under the
    /// Euclidean one: its square, and about four times as much for the Manhattan distance of 32 numbers; a quarter of the
    /// range under the cosine distance. Embeddings of length 1 are on average √2 apart, and here asked to be 1.
    /// </summary>
    public static double Absolute(Distance distance, int embeddingSize, bool isNormalized) => distance switch
    {
        CosineDistance => 0.5,
        _ when isNormalized => OfLengthOne(distance, embeddingSize, 1),
        SquaredEuclideanDistance => 4,
        ManhattanDistance => 8,
        _ => 2,
    };

    /// <summary>Of a loss on triplets: half as much, as it is a gap between two distances; less under the bounded distances.</summary>
    public static double Gap(Distance distance, int embeddingSize, bool isNormalized) => distance switch
    {
        CosineDistance => 0.2,
        _ when isNormalized => OfLengthOne(distance, embeddingSize, 0.3),
        SquaredEuclideanDistance => 2,
        ManhattanDistance => 4,
        _ => 1,
    };

    /// <exception cref="ArgumentOutOfRangeException">It is no margin.</exception>
    public static double Check(double margin) => double.IsFinite(margin) && margin >= 0
        ? margin
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is a number from 0.");

    /// <summary>What a Euclidean distance is under another: for the Manhattan one where every component has its share.</summary>
    private static double OfLengthOne(Distance distance, int embeddingSize, double euclidean) => distance switch
    {
        SquaredEuclideanDistance => euclidean * euclidean,
        ManhattanDistance => euclidean * Math.Sqrt(embeddingSize) * Math.Sqrt(2 / Math.PI),
        _ => euclidean,
    };
}
