using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Networks.Layers;
using Siamese.Model.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// No layer: standardized vectors, each number times a learned scale. For features that are nearly right as they are, or for few
/// images, which layers would learn by heart.
/// </summary>
public sealed class ScaleEncoder : Encoder
{
    private readonly Standardization standardize;
    private readonly Parameter scale; // (D)

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfVectors("scale", (input, _) => input.Width, (input, _) => new ScaleEncoder(input)) with { KeepsWidth = true };

    /// <param name="input">Vectors of at least one number.</param>
    public ScaleEncoder(VectorShape input) : base("scale", input, input.Width)
    {
        standardize = new Standardization(input.Width);
        // Two standardized vectors are √(2D) apart; so they begin at about the distances of other encoders.
        using var one = ones(input.Width);
        using var even = one.Times(1 / Math.Sqrt(input.Width));
        scale = nn.Parameter(even);
        scale.DetachFromDisposeScope();
        RegisterComponents();
    }

    public override void Fit(ImageSet training) => standardize.Fit(training);

    protected override Tensor Embed(Tensor input) => standardize.forward(input) * scale; // (B, D)
}
