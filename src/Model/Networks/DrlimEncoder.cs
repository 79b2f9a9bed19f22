using Siamese.Model.Data.Images;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// The network of Hadsell, Chopra, LeCun, "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006, for 32×32 digits: 15 maps of
/// 6×6, subsampled by 3×3, 30 maps of 9×9, and a linear layer (2 units in the paper). Maps go 32 → 27 → 9 → 1. Subsampling is the mean, and the
/// activation a hyperbolic tangent, as in LeNet-5.
/// </summary>
public sealed class DrlimEncoder : Encoder
{
    private const int Features = 30;

    private readonly Conv2d conv1;
    private readonly Conv2d conv3;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfImages("drlim", Images, 4000, width => new DrlimEncoder(width)) with { StageCount = (_, _) => 2 };

    public DrlimEncoder(int embeddingSize) : base("drlim", Images, embeddingSize)
    {
        conv1 = Conv2d(1, 15, 6);
        conv3 = Conv2d(15, Features, 9);
        fc = Linear(Features, embeddingSize);
        RegisterComponents();
    }

    /// <summary>The 32×32 digits of the paper.</summary>
    public static ImageShape Images { get; } = new(32, 32);

    internal override IReadOnlyList<Module[]> Stages => [[conv1], [conv3]];

    protected override Tensor Embed(Tensor input)
    {
        var x = functional.avg_pool2d(conv1.forward(input).tanh(), 3, 3); // (B, 15, 9, 9)
        return fc.forward(conv3.Blocked(x).tanh().flatten(1)); // (B, D)
    }
}
