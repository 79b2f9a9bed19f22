using Siamese.Model.Data.Images;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// The convolutional twin of Koch, Zemel, Salakhutdinov, "Siamese Neural Networks for One-shot Image Recognition", ICML
/// 2015 workshop, for 105×105 images: filters of 10×10, 7×7, 4×4 and 4×4, a linear layer and a sigmoid. Feature maps go
/// 105 → 96 → 48 → 42 → 21 → 18 → 9 → 6. Two differences from the paper: batch normalisation after each convolution, without
/// which training takes days, and a last layer as wide as the embedding instead of 4096.
/// </summary>
/// <remarks>
/// The paper weights the components of |h₁ − h₂| by learned α. Here the embedding is h·α, so its Manhattan distance is the
/// paper's. A batch of 100 images takes a few seconds of a core.
/// </remarks>
public sealed class KochEncoder : Encoder
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly Conv2d conv4;
    private readonly BatchNorm2d bn4;
    private readonly Linear fc;
    private readonly Parameter alpha;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfImages("koch", Images, 20, width => new KochEncoder(width)) with { StageCount = (_, _) => 4 };

    public KochEncoder(int embeddingSize) : base("koch", Images, embeddingSize)
    {
        conv1 = Conv2d(1, 64, 10);
        bn1 = BatchNorm2d(64);
        conv2 = Conv2d(64, 128, 7);
        bn2 = BatchNorm2d(128);
        conv3 = Conv2d(128, 128, 4);
        bn3 = BatchNorm2d(128);
        conv4 = Conv2d(128, 256, 4);
        bn4 = BatchNorm2d(256);
        fc = Linear(256 * 6 * 6, embeddingSize);
        using var one = ones(embeddingSize);
        alpha = Parameter(one);
        alpha.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Omniglot's 105×105.</summary>
    public static ImageShape Images { get; } = new(105, 105);

    internal override IReadOnlyList<Module[]> Stages => [[conv1, bn1], [conv2, bn2], [conv3, bn3], [conv4, bn4]];

    protected override Tensor Embed(Tensor input)
    {
        var x = Halved(bn1.Apply(conv1.forward(input)).relu_()); // (B, 64, 48, 48)
        x = Halved(bn2.Apply(conv2.forward(x)).relu_()); // (B, 128, 21, 21)
        x = Halved(bn3.Apply(conv3.forward(x)).relu_()); // (B, 128, 9, 9)
        x = bn4.Apply(conv4.forward(x)).relu_(); // (B, 256, 6, 6)
        return fc.forward(x.flatten(1)).sigmoid() * alpha; // (B, D)
    }

    private static Tensor Halved(Tensor maps) => functional.max_pool2d(maps, 2, 2);
}
