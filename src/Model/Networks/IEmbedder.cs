using Siamese.Model.Data.Images;

namespace Siamese.Model.Networks;

/// <summary>Turns images into embeddings after training. Thread-safe.</summary>
public interface IEmbedder
{
    /// <summary>The shape of its input images.</summary>
    InputShape Input { get; }

    /// <summary>Width D of an embedding.</summary>
    int EmbeddingSize { get; }

    /// <summary>Embeds images on the calling thread, all at once.</summary>
    /// <param name="images">C·H·W bytes each; a few tens of images work best.</param>
    /// <returns>N·D numbers, row by row. An embedding can differ in the last bits depending on the other images in the call.</returns>
    float[] Embed(ReadOnlySpan<ReadOnlyMemory<byte>> images);
}
