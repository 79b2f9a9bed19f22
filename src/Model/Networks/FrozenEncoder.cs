using Siamese.Model.Data.Inputs;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// An encoder that only embeds: created by <see cref="Encoder.Freeze"/>, for verdicts. It need not be disposed: callers may
/// still be using it, and the garbage collector frees its weights.
/// </summary>
public abstract class FrozenEncoder(InputShape input, int embeddingSize) : IEmbedder
{
    /// <summary>
    /// Maximum number of images to embed at once. With the folded default encoder on two threads, an image takes 100 µs of a core
    /// in chunks of 2, 52 in chunks of 8, 44 of 16, 39 of 32 (32 on a single thread), and at most a tenth less in chunks of 48.
    /// Larger chunks would make other callers wait longer.
    /// </summary>
    public const int ChunkSize = 32;

    public InputShape Input { get; } = input;

    public int EmbeddingSize { get; } = embeddingSize;

    public float[] Embed(ReadOnlySpan<ReadOnlyMemory<byte>> images)
    {
        // Applies to the calling thread, which can be any thread.
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var embeddings = Forward(ItemTensors.Of(images, Input)).data<float>().ToArray(); // (B, D)
        GC.KeepAlive(this); // Native code reads the weights but holds no reference to them.
        return embeddings;
    }

    /// <param name="input">(B, C, H, W), 0 to 1, for images; (B, T, 5) for strokes; (B, M) for vectors.</param>
    /// <returns>(B, D)</returns>
    internal abstract Tensor Forward(Tensor input);
}

/// <summary>An encoder in evaluation mode, used unchanged: it has nothing to fold.</summary>
internal sealed class UnfoldedEncoder : FrozenEncoder
{
    private readonly Encoder _encoder;

    public UnfoldedEncoder(Encoder encoder) : base(encoder.Input, encoder.EmbeddingSize)
    {
        encoder.eval();
        _encoder = encoder;
    }

    internal override Tensor Forward(Tensor input) => _encoder.forward(input);
}
