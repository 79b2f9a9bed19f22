using Siamese.Contracts.Sweeps;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Networks;

/// <summary>All encoders by name. To add one, add a file and a line here.</summary>
public static class Encoders
{
    public static IReadOnlyList<EncoderKind> All { get; } =
    [
        new("conv", _ => InputShape.Digits, _ => 4500, h => new ConvEncoder(h.EmbeddingSize) { IsNormalized = h.Normalize is true }),
        new("article", _ => InputShape.Digits, _ => 9000, h => new ArticleEncoder(h.EmbeddingSize) { IsNormalized = h.Normalize is true }),
        new("koch", _ => KochEncoder.Images, _ => 20, h => new KochEncoder(h.EmbeddingSize) { IsNormalized = h.Normalize is true }),
        new(
            "residual",
            h => Square(h.InputSize!.Value),
            h => ResidualEncoder.ImagesPerSecond(h.InputSize!.Value),
            h => new ResidualEncoder(Square(h.InputSize!.Value), h.EmbeddingSize) { IsNormalized = h.Normalize is true },
            DefaultInputSize: 32),
    ];

    /// <summary>The encoder with this name, or null.</summary>
    public static EncoderKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The encoder with this name, which must be a known name.</summary>
    public static EncoderKind Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no encoder '{name}'.", nameof(name));

    /// <summary>Creates the encoder of a trial; a pseudo-Siamese network has two of its kind side by side.</summary>
    public static Encoder Create(Hyperparameters hyperparameters)
    {
        var kind = Get(hyperparameters.Encoder);
        return hyperparameters.Network is NetworkKind.PseudoSiamese
            ? new PseudoSiameseEncoder(kind.Create(hyperparameters), kind.Create(hyperparameters))
            : kind.Create(hyperparameters);
    }

    /// <summary>The shape of the input images of a trial's encoder.</summary>
    public static InputShape InputOf(Hyperparameters hyperparameters) => Get(hyperparameters.Encoder).Input(hyperparameters);

    /// <summary>How many numbers the encoder of a trial returns for an image: D, or 2D for a pseudo-Siamese network.</summary>
    public static int WidthOf(Hyperparameters hyperparameters) =>
        hyperparameters.Network is NetworkKind.PseudoSiamese ? 2 * hyperparameters.EmbeddingSize : hyperparameters.EmbeddingSize;

    private static InputShape Square(int side) => new(side, side);
}
