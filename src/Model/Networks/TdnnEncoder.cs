using Siamese.Model.Data.Strokes;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// The first time-delay network of Bromley et al., NIPS 1993, for eight features at 200 points: 12 units that see 11 points,
/// every third step, then 16 units that see 10 of those, every third step. Maps go 200 → 64 → 19, and their 304 values are
/// the embedding. 3,004 parameters. The paper states no activation; here it is a hyperbolic tangent.
/// </summary>
public sealed class TdnnEncoder : Encoder
{
    private const int Points = 200;
    private const int Width = 16 * 19;

    private readonly Conv1d conv1;
    private readonly Conv1d conv2;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfStrokes("tdnn", Points, Width, 6000, input => new TdnnEncoder(input)) with { StageCount = (_, _) => 1 };

    /// <param name="input">Strokes of 200 points.</param>
    public TdnnEncoder(StrokeShape input) : base("tdnn", input, Width)
    {
        conv1 = Conv1d(BromleyFeatures.Count, 12, 11, stride: 3);
        conv2 = Conv1d(12, 16, 10, stride: 3);
        RegisterComponents();
    }

    internal override IReadOnlyList<Module[]> Stages => [[conv1]];

    protected override Tensor Embed(Tensor input)
    {
        var x = conv1.forward(BromleyFeatures.Of(input)).tanh(); // (B, 12, 64)
        return conv2.forward(x).tanh().flatten(1); // (B, 304)
    }
}
