using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Networks;

/// <summary>An encoder that you can choose by name. Each encoder describes itself in its own file.</summary>
/// <param name="Name">The name that users and trials use.</param>
/// <param name="Rate">Rough number of images per second that one core trains, for time estimates before anything is measured.</param>
/// <param name="Make">Makes the encoder for an input and the width D of an embedding.</param>
public sealed record EncoderKind(string Name, Func<InputShape, double> Rate, Func<InputShape, int, Encoder> Make)
{
    /// <summary>The only input that it takes; null if it takes images of any size and colour.</summary>
    public InputShape? FixedInput { get; init; }

    /// <summary>Default side of its images; null if the input is fixed.</summary>
    public int? DefaultInputSize { get; init; }

    /// <summary>The input of a trial's encoder.</summary>
    public InputShape Input(Hyperparameters hyperparameters)
    {
        if (FixedInput is { } only)
            return only;
        var rows = hyperparameters.InputSize ?? DefaultInputSize!.Value;
        return new InputShape(rows, hyperparameters.InputWidth ?? rows, hyperparameters.Colour is Colour.Rgb ? 3 : 1, hyperparameters.Fit ?? Fit.Stretch);
    }

    /// <summary>Rough number of images per second that one core trains.</summary>
    public double ImagesPerSecond(Hyperparameters hyperparameters) => Rate(Input(hyperparameters));

    /// <summary>Creates the encoder for a trial's hyperparameters, including whether its embeddings have length 1.</summary>
    public Encoder Create(Hyperparameters hyperparameters)
    {
        var encoder = Make(Input(hyperparameters), hyperparameters.EmbeddingSize);
        encoder.IsNormalized = hyperparameters.Normalize is true;
        return encoder;
    }
}
