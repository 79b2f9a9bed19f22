using Siamese.Model.Data.Images;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// The network of Chopra, Hadsell, LeCun, "Learning a Similarity Metric Discriminatively, with Application to Face Verification",
/// CVPR 2005, for 56×46 images: 15 maps of 7×7, halved, 45 maps of 6×6, subsampled by 4×3, 250 maps of 5×5, and a linear layer (50 units in the
/// paper). Maps go 56×46 → 50×40 → 25×20 → 20×15 → 5×5 → 1. The paper connects each of the 45 maps to a few of the 15; here it sees all of
/// them. Subsampling is the mean, and the activation a hyperbolic tangent, as in LeNet-5.
/// </summary>
public sealed class ChopraEncoder : Encoder
{
    private const int Features = 250;

    private readonly Conv2d conv1;
    private readonly Conv2d conv3;
    private readonly Conv2d conv5;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfImages("chopra", Images, 600, width => new ChopraEncoder(width)) with { StageCount = (_, _) => 3 };

    public ChopraEncoder(int embeddingSize) : base("chopra", Images, embeddingSize)
    {
        conv1 = Conv2d(1, 15, 7);
        conv3 = Conv2d(15, 45, 6);
        conv5 = Conv2d(45, Features, 5);
        fc = Linear(Features, embeddingSize);
        RegisterComponents();
    }

    /// <summary>The 56×46 faces of the paper.</summary>
    public static ImageShape Images { get; } = new(56, 46);

    internal override IReadOnlyList<Module[]> Stages => [[conv1], [conv3], [conv5]];

    protected override Tensor Embed(Tensor input)
    {
        var x = functional.avg_pool2d(conv1.forward(input).tanh(), 2, 2); // (B, 15, 25, 20)
        x = functional.avg_pool2d(conv3.Blocked(x).tanh(), [4, 3], [4, 3]); // (B, 45, 5, 5)
        return fc.forward(conv5.Blocked(x).tanh().flatten(1)); // (B, D)
    }
}
