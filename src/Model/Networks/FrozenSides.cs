using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>A trained <see cref="PseudoSiameseEncoder"/>.</summary>
internal sealed class FrozenSides(FrozenEncoder first, FrozenEncoder second) : FrozenEncoder(first.Input, first.EmbeddingSize + second.EmbeddingSize)
{
    internal override Tensor Forward(Tensor input) => cat([first.Forward(input), second.Forward(input)], 1); // (B, 2D)
}
