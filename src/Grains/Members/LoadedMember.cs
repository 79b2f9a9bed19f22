using Siamese.Contracts.Trials;
using Siamese.Model.Data.Images;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Members;

/// <summary>A trial's weights in memory, ready to measure distances.</summary>
internal sealed record LoadedMember(string WeightsBlob, TrialSpec Spec, FrozenEncoder Encoder)
{
    /// <summary>Measures the distances of pairs of a set's images, in the order of the pairs. Embeds on the calling thread.</summary>
    public float[] Measure(ImageSet images, ReadOnlySpan<ImagePair> pairs) => Distances(Embed(images), pairs);

    /// <summary>Embeds a set's images on the calling thread.</summary>
    /// <returns>N·D numbers, row by row.</returns>
    public float[] Embed(ImageSet images)
    {
        var embeddings = new float[images.Count * Encoder.EmbeddingSize];
        var rows = Enumerable.Range(0, images.Count).Select(images.Memory);
        var start = 0;
        foreach (var chunk in rows.Chunk(FrozenEncoder.ChunkSize))
        {
            var embedded = Encoder.Embed(chunk);
            embedded.CopyTo(embeddings.AsSpan(start));
            start += embedded.Length;
        }

        return embeddings;
    }

    /// <summary>Measures the distances of pairs of embedded images, in the order of the pairs.</summary>
    /// <param name="embeddings">N·D numbers, row by row.</param>
    /// <param name="pairs">Pairs of rows.</param>
    public float[] Distances(ReadOnlySpan<float> embeddings, ReadOnlySpan<ImagePair> pairs) =>
        PairDistances.Measure(embeddings, Encoder.EmbeddingSize, pairs, Distance.Of(Spec.Hyperparameters));
}
