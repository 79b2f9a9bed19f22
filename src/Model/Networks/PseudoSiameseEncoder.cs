using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// Both encoders of a pseudo-Siamese network. What it gives for an image holds the embedding by the first, for when it is
/// the first of a pair, and that by the second, side by side; <see cref="Distances.SidedDistance"/> takes of each image
/// the one that it needs.
/// </summary>
public sealed class PseudoSiameseEncoder : Encoder
{
    private readonly Encoder first;
    private readonly Encoder second;

    /// <param name="first">Of the first image of a pair.</param>
    /// <param name="second">Of the second; takes in images of the same size.</param>
    public PseudoSiameseEncoder(Encoder first, Encoder second) : base("pseudo-siamese", first.Input, first.EmbeddingSize + second.EmbeddingSize)
    {
        (this.first, this.second) = (first, second);
        RegisterComponents();
    }

    public override FrozenEncoder Freeze() => new FrozenSides(first.Freeze(), second.Freeze());

    /// <returns>(B, 2D)</returns>
    protected override Tensor Embed(Tensor input) => cat([first.forward(input), second.forward(input)], 1);
}
