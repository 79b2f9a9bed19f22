using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>A multilayer perceptron on standardized vectors: one or two hidden layers with ReLU and dropout, and a linear layer.</summary>
public sealed class MlpEncoder : Encoder
{
    /// <summary>Default number of units of a hidden layer.</summary>
    public const int UsualHiddenSize = 256;

    private readonly Standardization standardize;
    private readonly Sequential layers;
    private readonly SeededDropout dropout;
    private readonly Linear fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfVectors("mlp", Products, (input, h) => new MlpEncoder(input, h.HiddenLayers ?? 1, h.HiddenSize ?? UsualHiddenSize, h.EmbeddingSize)) with { HasHiddenLayers = true, StageCount = (_, h) => h.HiddenLayers ?? 1 };

    /// <param name="input">Vectors of at least one number.</param>
    /// <param name="hiddenLayers">Number of hidden layers, from 1.</param>
    /// <param name="hiddenSize">Units of each.</param>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    public MlpEncoder(VectorShape input, int hiddenLayers, int hiddenSize, int embeddingSize) : base("mlp", input, embeddingSize)
    {
        standardize = new Standardization(input.Width);
        layers = Sequential();
        for (var layer = 0; layer < hiddenLayers; layer++)
            layers.append($"{layer}", Linear(layer == 0 ? input.Width : hiddenSize, hiddenSize));
        dropout = new SeededDropout(0.3);
        fc = Linear(hiddenSize, embeddingSize);
        RegisterComponents();
    }

    public override void Fit(ImageSet training) => standardize.Fit(training);

    internal override IReadOnlyList<Module[]> Stages => [.. layers.children().Select(layer => new[] { layer })];

    protected override Tensor Embed(Tensor input)
    {
        var x = standardize.forward(input); // (B, M)
        foreach (var layer in layers.children())
            x = dropout.forward(((Linear)layer).forward(x).relu_()); // (B, H)
        return fc.forward(x); // (B, D)
    }

    private static double Products(VectorShape input, Contracts.Tuning.Hyperparameters h)
    {
        double hidden = h.HiddenSize ?? UsualHiddenSize;
        return (input.Width * hidden) + (((h.HiddenLayers ?? 1) - 1) * hidden * hidden) + (hidden * h.EmbeddingSize);
    }
}
