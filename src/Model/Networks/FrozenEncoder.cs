using Siamese.Model.Data;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// An encoder that only embeds: made by <see cref="Encoder.Freeze"/>, for verdicts. It need not be disposed: nobody knows
/// who still asks it, and the garbage collector frees its weights.
/// </summary>
public abstract class FrozenEncoder(InputShape input, int embeddingSize) : IEmbedder
{
    /// <summary>
    /// Images embedded at once where there are many. With the folded default encoder on two threads, one of 2 takes 100 µs of
    /// a core, one of 8 52, of 16 44, of 32 39 (32 on one thread alone), and of 48 no more than a tenth less; others wait for a
    /// chunk that has begun.
    /// </summary>
    public const int ChunkSize = 32;

    public InputShape Input { get; } = input;

    public int EmbeddingSize { get; } = embeddingSize;

    public float[] Embed(ReadOnlySpan<ReadOnlyMemory<byte>> images)
    {
        // Acts on the calling thread, which may be any.
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var embeddings = Forward(PixelTensors.Of(images, Input)).data<float>().ToArray(); // (B, D)
        GC.KeepAlive(this); // Native code reads the weights, and does not hold them.
        return embeddings;
    }

    /// <param name="input">(B, 1, H, W), 0 to 1.</param>
    /// <returns>(B, D)</returns>
    internal abstract Tensor Forward(Tensor input);
}
