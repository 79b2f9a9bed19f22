using Siamese.Model.Data.Images;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// Both encoders of a pseudo-Siamese network. It returns two embeddings of an image side by side: one by the first encoder,
/// used if the image is the first of a pair, and one by the second. <see cref="Distances.SidedDistance"/> picks between them.
/// </summary>
public sealed class PseudoSiameseEncoder : Encoder
{
    private readonly Encoder first;
    private readonly Encoder second;

    /// <param name="first">Encoder for the first image of a pair.</param>
    /// <param name="second">Encoder for the second image; must have the same input size.</param>
    public PseudoSiameseEncoder(Encoder first, Encoder second) : base("pseudo-siamese", first.Input, first.EmbeddingSize + second.EmbeddingSize)
    {
        (this.first, this.second) = (first, second);
        RegisterComponents();
    }

    internal override IReadOnlyList<nn.Module[]> Stages => [.. first.Stages.Zip(second.Stages, (one, other) => (nn.Module[])[.. one, .. other])];

    public override FrozenEncoder Freeze() => new FrozenSides(first.Freeze(), second.Freeze());

    public override void Fit(ImageSet training)
    {
        first.Fit(training);
        second.Fit(training);
    }

    /// <returns>(B, 2D)</returns>
    protected override Tensor Embed(Tensor input) => cat([first.forward(input), second.forward(input)], 1);
}

/// <summary>A trained <see cref="PseudoSiameseEncoder"/>.</summary>
internal sealed class FrozenSides(FrozenEncoder first, FrozenEncoder second) : FrozenEncoder(first.Input, first.EmbeddingSize + second.EmbeddingSize)
{
    internal override Tensor Forward(Tensor input) => cat([first.Forward(input), second.Forward(input)], 1); // (B, 2D)
}
