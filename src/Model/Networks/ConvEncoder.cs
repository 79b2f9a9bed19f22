using Siamese.Model.Data.Images;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// A small modern encoder for 28×28 images: three convolutions with batch normalisation (Ioffe and Szegedy, ICML 2015),
/// two of them with stride 2, and one linear layer. Strides replace pooling, which would cost more than the
/// convolutions before it. Feature maps go 28 → 14 → 7 → 7.
/// </summary>
public sealed class ConvEncoder : Encoder
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly SeededDropout dropout;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => new("conv", _ => InputShape.Digits, _ => 4500, h => new ConvEncoder(h.EmbeddingSize));

    public ConvEncoder(int embeddingSize) : base("conv", InputShape.Digits, embeddingSize)
    {
        conv1 = Conv2d(1, 32, 5, stride: 2, padding: 2);
        bn1 = BatchNorm2d(32);
        conv2 = Conv2d(32, 64, 3, stride: 2, padding: 1);
        bn2 = BatchNorm2d(64);
        conv3 = Conv2d(64, 64, 3, padding: 1);
        bn3 = BatchNorm2d(64);
        dropout = new SeededDropout(0.3);
        fc = Linear(64 * 7 * 7, embeddingSize);
        RegisterComponents();
    }

    protected override Tensor Embed(Tensor input)
    {
        var x = bn1.Apply(ChannelsLast(conv1.forward(input))).relu_(); // (B, 32, 14, 14)
        x = bn2.Apply(conv2.forward(x)).relu_(); // (B, 64, 7, 7)
        x = bn3.Apply(conv3.forward(x)).relu_(); // (B, 64, 7, 7)
        return fc.forward(dropout.forward(x.flatten(1))); // (B, D)
    }

    public override FrozenEncoder Freeze() =>
        new FrozenConvEncoder(Input, [new(conv1, bn1), new(conv2, bn2), new(conv3, bn3)], fc, IsNormalized);
}
