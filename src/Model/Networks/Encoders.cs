using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Networks;

/// <summary>
/// All encoders by name. To add one, add a file with the encoder and its <see cref="EncoderKind"/>, a line here, and the same
/// network to the program in exported folders, `Exchange/siamese_ensemble.py`. Tests find it here; they fail until the program
/// knows it and the outcome of a trial is recorded.
/// </summary>
public static class Encoders
{
    public static IReadOnlyList<EncoderKind> All { get; } = [ConvEncoder.Kind, ArticleEncoder.Kind, KochEncoder.Kind, ResidualEncoder.Kind, ChopraEncoder.Kind, DrlimEncoder.Kind, TdnnEncoder.Kind, StrokesEncoder.Kind, LinearEncoder.Kind, MlpEncoder.Kind, ScaleEncoder.Kind];

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

    /// <summary>The input of a trial's encoder.</summary>
    public static InputShape InputOf(Hyperparameters hyperparameters) => Get(hyperparameters.Encoder).Input(hyperparameters);

    /// <summary>How many numbers the encoder of a trial returns for an image: D, or 2D for a pseudo-Siamese network.</summary>
    public static int WidthOf(Hyperparameters hyperparameters) =>
        hyperparameters.Network is NetworkKind.PseudoSiamese ? 2 * hyperparameters.EmbeddingSize : hyperparameters.EmbeddingSize;
}
