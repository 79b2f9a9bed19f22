using Siamese.Model.Data;

namespace Siamese.Model.Networks;

/// <summary>What turns images into embeddings once training is over. Any number of threads may ask it at a time.</summary>
public interface IEmbedder
{
    /// <summary>What images it takes in.</summary>
    InputShape Input { get; }

    /// <summary>Width D of an embedding.</summary>
    int EmbeddingSize { get; }

    /// <summary>Embeds some images on the calling thread, all at once.</summary>
    /// <param name="images">H·W bytes each; best few tens of them.</param>
    /// <returns>N·D numbers, row by row. Those of one image can differ in the last bits with what is embedded beside it.</returns>
    float[] Embed(ReadOnlySpan<ReadOnlyMemory<byte>> images);
}
