using Siamese.Model.Data.Images;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// A small modern encoder: three convolutions with batch normalisation (Ioffe and Szegedy, ICML 2015), two of them with
/// stride 2, and one linear layer. Strides replace pooling, which would cost more than the convolutions before it. The maps of
/// 28×28 images go 28 → 14 → 7 → 7. For larger images there are more convolutions with stride 2 before the last one, until no
/// side of the maps is longer than 8.
/// </summary>
public sealed class ConvEncoder : Encoder
{
    private const int LargestMap = 8;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential layers;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly SeededDropout dropout;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfImages("conv", ImageShape.Digits.Height, ImagesPerSecond, (input, width) => new ConvEncoder(input, width)) with { StageCount = (input, _) => Maps((ImageShape)input).Count + 1 };

    /// <param name="input">Images of at least 8×8.</param>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    public ConvEncoder(ImageShape input, int embeddingSize) : base("conv", input, embeddingSize)
    {
        var maps = Maps(input);
        conv1 = Conv2d(input.Channels, 32, 5, stride: 2, padding: 2);
        bn1 = BatchNorm2d(32);
        conv2 = Conv2d(32, 64, 3, stride: 2, padding: 1);
        bn2 = BatchNorm2d(64);
        layers = Sequential();
        for (var stage = 2; stage < maps.Count; stage++)
        {
            layers.append(Conv2d(64, 64, 3, stride: 2, padding: 1));
            layers.append(BatchNorm2d(64));
            layers.append(ReLU());
        }

        conv3 = Conv2d(64, 64, 3, padding: 1);
        bn3 = BatchNorm2d(64);
        dropout = new SeededDropout(0.3);
        fc = Linear(64L * maps[^1].Height * maps[^1].Width, embeddingSize);
        RegisterComponents();
    }

    internal override IReadOnlyList<Module[]> Stages => [[conv1, bn1], [conv2, bn2], .. Convolutions().Select(stage => new Module[] { stage.Convolution, stage.Norm }), [conv3, bn3]];

    protected override Tensor Embed(Tensor input)
    {
        var x = bn1.Apply(ChannelsLast(conv1.forward(input))).relu_(); // (B, 32, H/2, W/2)
        x = bn2.Apply(conv2.forward(x)).relu_(); // (B, 64, H/4, W/4)
        foreach (var (convolution, norm) in Convolutions())
            x = norm.Apply(convolution.forward(x)).relu_(); // (B, 64, h, w)
        x = bn3.Apply(conv3.forward(x)).relu_(); // (B, 64, h, w)
        return fc.forward(dropout.forward(x.flatten(1))); // (B, D)
    }

    public override FrozenEncoder Freeze() =>
        new FrozenConvEncoder(Input, [new(conv1, bn1), new(conv2, bn2), .. Convolutions().Select(stage => new FoldedConv(stage.Convolution, stage.Norm)), new(conv3, bn3)], fc, IsNormalized);

    /// <summary>The convolutions between the second and the last one.</summary>
    private IEnumerable<(Conv2d Convolution, BatchNorm2d Norm)> Convolutions() =>
        layers.children().Chunk(3).Select(stage => ((Conv2d)stage[0], (BatchNorm2d)stage[1]));

    /// <summary>Sizes of the feature maps after each convolution with stride 2.</summary>
    private static List<(int Height, int Width)> Maps(ImageShape input)
    {
        var maps = new List<(int Height, int Width)> { (Half(input.Height), Half(input.Width)) };
        while (maps.Count < 2 || Math.Max(maps[^1].Height, maps[^1].Width) > LargestMap)
            maps.Add((Half(maps[^1].Height), Half(maps[^1].Width)));
        return maps;
    }

    /// <summary>Rough training rate of one core: some 13 billion multiplications of the forward pass per second.</summary>
    private static double ImagesPerSecond(ImageShape input) => 13e9 / Products(input);

    /// <summary>Multiplications of the convolutions for one image, forward.</summary>
    internal static double Products(ImageShape input)
    {
        var maps = Maps(input);
        var areas = maps.ConvertAll(map => (double)map.Height * map.Width);
        return (25 * input.Channels * 32 * areas[0]) + (9 * 32 * 64 * areas[1]) + (9 * 64 * 64 * (areas.Skip(2).Sum() + areas[^1]));
    }

    private static int Half(int side) => (side + 1) / 2;
}
