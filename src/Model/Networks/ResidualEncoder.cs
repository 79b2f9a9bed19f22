using Siamese.Model.Data.Images;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// A small residual network (He et al., "Deep Residual Learning for Image Recognition", CVPR 2016) for images of
/// any size: a convolution with stride 2 and 32 channels, then blocks that halve the maps and double the channels, up to
/// 128, until no side of the maps is longer than 8; then the mean of each channel and a linear layer.
/// </summary>
public sealed class ResidualEncoder : Encoder
{
    private const int FirstChannels = 32;
    private const int MostChannels = 128;
    private const int SmallestMap = 8;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layers;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfImages("residual", 32, ImagesPerSecond, (input, width) => new ResidualEncoder(input, width)) with { StageCount = (input, _) => 1 + Blocks(LongerSide((ImageShape)input)).Count() };

    /// <param name="input">Images of at least 8×8.</param>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    public ResidualEncoder(ImageShape input, int embeddingSize) : base("residual", input, embeddingSize)
    {
        conv1 = Conv2d(input.Channels, FirstChannels, 3, stride: 2, padding: 1, bias: false);
        bn1 = BatchNorm2d(FirstChannels);
        layers = Sequential();
        var channels = FirstChannels;
        foreach (var (stage, block) in Blocks(LongerSide(input)).Index())
        {
            layers.append($"{stage}", new ResidualBlock(channels, block.Channels, block.Stride));
            channels = block.Channels;
        }

        fc = Linear(channels, embeddingSize);
        RegisterComponents();
    }

    internal override IReadOnlyList<Module[]> Stages => [[conv1, bn1], .. layers.children().Select(block => new[] { block })];

    protected override Tensor Embed(Tensor input)
    {
        var x = bn1.Apply(ChannelsLast(conv1.forward(input))).relu_(); // (B, 32, H/2, W/2)
        x = layers.forward(x); // (B, C, h, w)
        return fc.forward(x.mean([2, 3])); // (B, D)
    }

    /// <summary>Rough training rate of one core: some 30 billion multiplications per second; a step costs three forward passes.</summary>
    private static double ImagesPerSecond(ImageShape input) => 30e9 / (3 * Products(input));

    /// <summary>Multiplications of the 3×3 convolutions for one image, forward.</summary>
    internal static double Products(ImageShape input)
    {
        var (height, width, channels) = (Half(input.Height), Half(input.Width), FirstChannels);
        var products = 9.0 * input.Channels * FirstChannels * height * width;
        foreach (var block in Blocks(LongerSide(input)))
        {
            (height, width) = block.Stride == 2 ? (Half(height), Half(width)) : (height, width);
            products += 9.0 * block.Channels * (channels + block.Channels) * height * width;
            channels = block.Channels;
        }

        return products;
    }

    private static IEnumerable<(int Channels, int Stride)> Blocks(int side)
    {
        var channels = FirstChannels;
        yield return (channels, 1);
        for (var map = Half(side); map > SmallestMap; map = Half(map))
            yield return (channels = Math.Min(2 * channels, MostChannels), 2);
    }

    private static int LongerSide(ImageShape input) => Math.Max(input.Height, input.Width);

    private static int Half(int side) => (side + 1) / 2;
}
