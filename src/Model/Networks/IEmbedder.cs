using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Networks;

/// <summary>Turns images into embeddings after training. Thread-safe.</summary>
public interface IEmbedder
{
    /// <summary>The kind and shape of its input.</summary>
    InputShape Input { get; }

    /// <summary>Width D of an embedding.</summary>
    int EmbeddingSize { get; }

    /// <summary>Embeds images on the calling thread, all at once.</summary>
    /// <param name="images">Items of the input's shape, as bytes; a few tens of images work best.</param>
    /// <returns>N·D numbers, row by row. An embedding can differ in the last bits depending on the other images in the call.</returns>
    float[] Embed(ReadOnlySpan<ReadOnlyMemory<byte>> images);
}
