using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Distances;
using Siamese.Model.Networks.Layers;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// Turns images, pen strokes or vectors into embeddings. A Siamese network applies one encoder to both items of a pair, so both sides share its
/// weights. Fields have PyTorch's names because they are the keys of the stored weights.
/// </summary>
public abstract class Encoder(string name, InputShape input, int embeddingSize) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>The kind and shape of its input.</summary>
    public InputShape Input { get; } = input;

    /// <summary>Width D of an embedding.</summary>
    public int EmbeddingSize { get; } = embeddingSize;

    /// <summary>Whether embeddings are scaled to length 1. <see cref="EncoderKind.Create"/> sets it.</summary>
    public bool IsNormalized { get; internal set; }

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">(B, C, H, W), 0 to 1, for images; (B, T, 5) for strokes; (B, M) for vectors.</param>
    /// <returns>(B, D)</returns>
    public sealed override Tensor forward(Tensor input) => IsNormalized ? CosineDistance.Directions(Embed(input)) : Embed(input);

    /// <summary>Embeds a batch, without scaling embeddings to length 1.</summary>
    /// <inheritdoc cref="forward"/>
    protected abstract Tensor Embed(Tensor input);

    /// <summary>
    /// The layers with weights, stage by stage from the input on, without the layer that makes the embedding. A trial that starts
    /// from other weights may keep the first stages as they are.
    /// </summary>
    internal virtual IReadOnlyList<nn.Module[]> Stages => [];

    /// <summary>Fits what is not learned by steps, such as the mean of the input, to the training items. Call it once, before training.</summary>
    public virtual void Fit(ImageSet training) { }

    /// <summary>
    /// Turns the trained encoder into one that only embeds, with optimizations for inference. It takes ownership of this
    /// encoder: do not train or dispose it afterwards.
    /// </summary>
    public virtual FrozenEncoder Freeze() => new UnfoldedEncoder(this);

    /// <summary>
    /// Draws weights and biases of all convolutions and linear layers from U(−1/√fan-in, 1/√fan-in), which is PyTorch's
    /// default, but with the trial's generator. Dropout then uses the same generator.
    /// </summary>
    public void Initialize(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (_, module) in named_modules())
        {
            switch (module)
            {
                case TorchSharp.Modules.Conv2d conv:
                    Draw(conv.weight, conv.bias, generator);
                    break;
                case TorchSharp.Modules.Conv1d conv:
                    Draw(conv.weight, conv.bias, generator);
                    break;
                case TorchSharp.Modules.Linear linear:
                    Draw(linear.weight, linear.bias, generator);
                    break;
                case SeededDropout dropout:
                    dropout.Generator = generator;
                    break;
            }
        }
    }

    /// <summary>
    /// Converts maps to the channels-last memory layout. The library's kernels then keep this layout: convolutions need not
    /// reorder the maps and back (3.7 ms instead of 4.7 to 8 for the second one of <see cref="ConvEncoder"/>, 120 images forward
    /// and backward), and normalisation runs over whole vectors (0.4 ms instead of 1.0). A step of
    /// <see cref="ResidualEncoder"/> takes 0.85 of the time.
    /// </summary>
    protected static Tensor ChannelsLast(Tensor maps) => maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static void Draw(Tensor weight, Tensor? bias, Generator generator)
    {
        var fanIn = weight.numel() / weight.shape[0];
        var bound = 1 / Math.Sqrt(fanIn);
        weight.copy_(rand(weight.shape, generator: generator).Times(2 * bound).Plus(-bound));
        bias?.copy_(rand(bias.shape, generator: generator).Times(2 * bound).Plus(-bound));
    }
}
