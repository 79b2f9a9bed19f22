using Siamese.Model.Data.Images;
using Siamese.Model.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks;

/// <summary>
/// The article's network for 28×28 digits; 1,118,338 parameters with embeddings of width 2. Feature maps go 28 → 10 → 4.
/// The second dropout is an ordinary one: the article applies `Dropout2d` to a 2-D tensor, and some versions of PyTorch then
/// drop whole rows. Local response normalisation: Krizhevsky et al., NIPS 2012, as PyTorch defines it (alpha is divided by
/// the window size).
/// </summary>
public sealed class ArticleEncoder : Encoder
{
    private readonly Sequential cnn;
    private readonly Sequential fc;

    /// <summary>What users choose.</summary>
    public static EncoderKind Kind => EncoderKind.OfImages("article", ImageShape.Digits, 9000, width => new ArticleEncoder(width)) with { StageCount = (_, _) => 3 };

    public ArticleEncoder(int embeddingSize) : base("article", ImageShape.Digits, embeddingSize)
    {
        cnn = Sequential(
            ("0", Conv2d(1, 128, 5, stride: 3, padding: 2)),
            ("1", ReLU()),
            ("2", LocalResponseNorm(5, alpha: 0.001, beta: 0.75, k: 2)),
            ("3", MaxPool2d(4, stride: 2)),
            ("4", new SeededDropout(0.5, wholeChannels: true)));
        fc = Sequential(
            ("0", Linear(2048, 512)),
            ("1", ReLU()),
            ("2", new SeededDropout(0.5)),
            ("3", Linear(512, 128)),
            ("4", ReLU()),
            ("5", Linear(128, embeddingSize)));
        RegisterComponents();
    }

    /// <summary>Whether to use the library's layers: slow, but the reference for testing the fused path.</summary>
    internal bool ByLayers { get; init; }

    internal override IReadOnlyList<Module[]> Stages => [[(Module)cnn[0]], [(Module)fc[0]], [(Module)fc[3]]];

    protected override Tensor Embed(Tensor input)
    {
        if (ByLayers)
            return fc.forward(cnn.forward(input).flatten(1)); // (B, D)
        var convolution = (Conv2d)cnn[0];
        using var keep = ((SeededDropout)cnn[4]).Draw([input.shape[0], ResponseNormPool.Channels, 1, 1]);
        using var features = ArticleStem.Apply(input, convolution.weight, convolution.bias!, keep); // (B, 2048)
        var x = features;
        foreach (var layer in fc.children().Cast<nn.Module<Tensor, Tensor>>())
            x = layer is Linear linear ? WideLinear.Apply(linear, x) : layer.forward(x);
        return x; // (B, D)
    }
}
