using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Networks.Layers;
using Siamese.Model.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// A residual network (He et al., CVPR 2016) along the path of a pen: place, direction, turn, speed, pen and pressure at each
/// point, and the ink around it; a convolution with stride 2 and 64 channels; then blocks that halve the points, up to 128
/// channels, until 16 points or fewer are left; then the mean and the largest value of each channel, of the last block or of
/// every one, and a linear layer.
/// </summary>
public sealed class StrokesEncoder : Encoder
{
    private const int Features = 9;
    private const int FirstChannels = 64;
    private const int MostChannels = 128;
    private const int FewestPoints = 16;

    private readonly Conv1d conv1;
    private readonly BatchNorm1d bn1;
    private readonly Sequential layers;
    private readonly SeededDropout dropout;
    private readonly Linear fc;
    private readonly bool _withContext;
    private readonly Pooling _pooling;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfStrokes("strokes", 128, (input, h) => 15e9 / Products(input, h.Context is true), (input, h) => new StrokesEncoder(input, h.EmbeddingSize, h.Context is true, h.Pooling ?? Pooling.Last)) with { StageCount = (input, _) => 1 + Blocks(((StrokeShape)input).Points).Count() };

    /// <param name="input">Strokes of at least 8 points.</param>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    /// <param name="withContext">Whether it sees the ink around each point.</param>
    /// <param name="pooling">Which blocks are pooled.</param>
    public StrokesEncoder(StrokeShape input, int embeddingSize, bool withContext, Pooling pooling) : base("strokes", input, embeddingSize)
    {
        (_withContext, _pooling) = (withContext, pooling);
        conv1 = Conv1d(FeaturesWith(withContext), FirstChannels, 7, stride: 2, padding: 3, bias: false);
        bn1 = BatchNorm1d(FirstChannels);
        layers = Sequential();
        var (channels, pooled) = (FirstChannels, 0L);
        foreach (var (number, block) in Blocks(input.Points).Index())
        {
            layers.append($"{number}", new PathBlock(channels, block.Channels, block.Stride));
            channels = block.Channels;
            pooled = pooling is Pooling.Every ? pooled + (2 * channels) : 2 * channels;
        }

        dropout = new SeededDropout(0.2);
        fc = Linear(pooled, embeddingSize);
        RegisterComponents();
    }

    internal override IReadOnlyList<Module[]> Stages => [[conv1, bn1], .. layers.children().Select(block => new[] { block })];

    protected override Tensor Embed(Tensor input)
    {
        var x = bn1.Apply(conv1.Blocked(FeaturesOf(input), stride: 2, padding: 3)).relu_(); // (B, 64, T/2)
        var pools = new List<Tensor>(); // (B, C) each
        for (var block = 0; block < layers.Count; block++)
        {
            x = ((PathBlock)layers[block]).forward(x); // (B, C, t)
            if (_pooling is Pooling.Every || block == layers.Count - 1)
                pools.AddRange([x.mean([2]), x.amax([2])]);
        }

        return fc.forward(dropout.forward(cat(pools, 1))); // (B, D)
    }

    /// <returns>(B, 9, T), or (B, 34, T) with context</returns>
    private Tensor FeaturesOf(Tensor points)
    {
        var pen = new PenMotion(points);
        var speed = pen.Speed / pen.Speed.mean([1], keepdim: true).AtLeast(1e-3);
        var motion = stack([pen.X.Times(2), pen.Y.Times(2), pen.DirectionX, pen.DirectionY, pen.TurnCosine, pen.TurnSine, speed.AtMost(5).Plus(1).log(), pen.Pen, pen.Pressure], 1);
        return _withContext ? cat([motion, ContextBitmap.Of(pen)], 1) : motion;
    }

    /// <summary>Multiplications of the convolutions and the context for one drawing, forward.</summary>
    private static double Products(StrokeShape input, bool withContext)
    {
        var (points, channels) = (Half(input.Points), FirstChannels);
        var products = 7.0 * FeaturesWith(withContext) * FirstChannels * points + (withContext ? ContextBitmap.Products(input.Points) : 0);
        foreach (var block in Blocks(input.Points))
        {
            points = block.Stride == 2 ? Half(points) : points;
            products += 3.0 * block.Channels * (channels + block.Channels) * points;
            channels = block.Channels;
        }

        return products;
    }

    private static IEnumerable<(int Channels, int Stride)> Blocks(int points)
    {
        var channels = FirstChannels;
        yield return (channels, 1);
        for (var left = Half(points); left > FewestPoints; left = Half(left))
            yield return (channels = Math.Min(2 * channels, MostChannels), 2);
    }

    private static int FeaturesWith(bool context) => context ? Features + ContextBitmap.Pixels : Features;

    private static int Half(int points) => (points + 1) / 2;
}
