using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Networks;

/// <summary>An encoder that you can choose by name. Each encoder describes itself in its own file.</summary>
/// <param name="Name">The name that users and trials use.</param>
/// <param name="Input">The shape of its input images.</param>
/// <param name="ImagesPerSecond">Rough training rate of one core, for time estimates before anything is measured.</param>
/// <param name="Make">Makes the encoder for a trial's hyperparameters.</param>
/// <param name="DefaultInputSize">Default side of its images; null if the size is fixed.</param>
public sealed record EncoderKind(
    string Name,
    Func<Hyperparameters, InputShape> Input,
    Func<Hyperparameters, double> ImagesPerSecond,
    Func<Hyperparameters, Encoder> Make,
    int? DefaultInputSize = null)
{
    /// <summary>Creates the encoder for a trial's hyperparameters, including whether its embeddings have length 1.</summary>
    public Encoder Create(Hyperparameters hyperparameters)
    {
        var encoder = Make(hyperparameters);
        encoder.IsNormalized = hyperparameters.Normalize is true;
        return encoder;
    }
}
