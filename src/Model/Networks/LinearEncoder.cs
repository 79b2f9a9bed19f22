using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// One linear layer on standardized vectors: a head on features that were computed before. With the Euclidean distance it learns a
/// Mahalanobis distance (Xing et al., NIPS 2002).
/// </summary>
public sealed class LinearEncoder : Encoder
{
    private readonly Standardization standardize;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfVectors("linear", (input, h) => Products(input.Width, h.EmbeddingSize), (input, h) => new LinearEncoder(input, h.EmbeddingSize));

    /// <param name="input">Vectors of at least one number.</param>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    public LinearEncoder(VectorShape input, int embeddingSize) : base("linear", input, embeddingSize)
    {
        standardize = new Standardization(input.Width);
        fc = Linear(input.Width, embeddingSize);
        RegisterComponents();
    }

    public override void Fit(ImageSet training) => standardize.Fit(training);

    protected override Tensor Embed(Tensor input) => fc.forward(standardize.forward(input)); // (B, D)

    private static double Products(double width, double embeddingSize) => width * embeddingSize;
}
