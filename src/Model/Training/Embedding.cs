using Siamese.Model.Data.Images;
using Siamese.Model.Networks;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>Embeds images without gradients.</summary>
public static class Embedding
{
    /// <summary>
    /// Images embedded at once. Constant, because the embedding of an image can differ in the last bits between batches of
    /// different sizes.
    /// </summary>
    private const int ChunkSize = 250;

    /// <summary>Embeds every image of a set.</summary>
    /// <returns>N·D numbers, row by row.</returns>
    public static float[] Of(Encoder encoder, ImageSet images, CancellationToken cancellation = default)
    {
        var embeddings = new float[images.Count * encoder.EmbeddingSize];
        var wasTraining = encoder.training;
        encoder.eval();
        using var noGradient = no_grad();
        try
        {
            for (var start = 0; start < images.Count; start += ChunkSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var count = Math.Min(ChunkSize, images.Count - start);
                var chunk = encoder.forward(ToTensor(images, start, count)); // (B, D)
                chunk.data<float>().CopyTo(embeddings.AsSpan(start * encoder.EmbeddingSize));
            }
        }
        finally
        {
            if (wasTraining)
                encoder.train();
        }

        return embeddings;
    }

    /// <summary>Converts images to an encoder's input: (B, C, H, W), 0 to 1.</summary>
    public static Tensor ToTensor(ImageSet images, int start, int count)
    {
        var some = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
            some[i] = images.Memory(start + i);
        return ItemTensors.Of(some, images.Shape);
    }
}
