using Siamese.Contracts.Sweeps;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Networks;

/// <summary>An encoder that you can choose by name.</summary>
/// <param name="Name">The name that users and trials use.</param>
/// <param name="Input">The shape of its input images.</param>
/// <param name="ImagesPerSecond">Rough training rate of one core, for time estimates before anything is measured.</param>
/// <param name="Create">Creates the encoder for a trial's hyperparameters.</param>
/// <param name="DefaultInputSize">Default side of its images; null if the size is fixed.</param>
public sealed record EncoderKind(
    string Name,
    Func<Hyperparameters, InputShape> Input,
    Func<Hyperparameters, double> ImagesPerSecond,
    Func<Hyperparameters, Encoder> Create,
    int? DefaultInputSize = null);
