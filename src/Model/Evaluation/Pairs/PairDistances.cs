using Siamese.Model.Data.Images;
using Siamese.Model.Distances;

namespace Siamese.Model.Evaluation.Pairs;

/// <summary>Distances of many pairs of embedded images.</summary>
public static class PairDistances
{
    /// <summary>The distance of each pair, in their order.</summary>
    /// <param name="embeddings">(N, D), row by row.</param>
    /// <param name="width">D.</param>
    /// <param name="pairs">Pairs of rows.</param>
    /// <param name="distance">The distance that the embeddings were trained for.</param>
    /// <exception cref="ArgumentException">The embeddings are not whole rows, or a pair refers to a row that does not exist.</exception>
    public static float[] Measure(ReadOnlySpan<float> embeddings, int width, ReadOnlySpan<ImagePair> pairs, Distance distance)
    {
        if (width < 1 || embeddings.Length % width != 0)
            throw new ArgumentException($"{embeddings.Length} numbers do not make whole rows of {width}.", nameof(embeddings));

        var rows = embeddings.Length / width;
        var distances = new float[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (first, second, _) = pairs[i];
            if ((uint)first >= (uint)rows || (uint)second >= (uint)rows)
                throw new ArgumentException($"Pair {i} refers to images {first} and {second}, but there are {rows} images.", nameof(pairs));
            distances[i] = distance.Between(embeddings.Slice(first * width, width), embeddings.Slice(second * width, width));
        }

        return distances;
    }

    /// <summary>Checks that there is one distance for each pair.</summary>
    /// <exception cref="ArgumentException">The numbers differ.</exception>
    internal static void Check(int distances, int pairs)
    {
        if (distances != pairs)
            throw new ArgumentException($"{distances} distances do not match {pairs} pairs.", nameof(distances));
    }
}
