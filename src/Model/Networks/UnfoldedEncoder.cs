using static TorchSharp.torch;

namespace Siamese.Model.Networks;

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
