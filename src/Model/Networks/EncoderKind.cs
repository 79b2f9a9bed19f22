using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;

namespace Siamese.Model.Networks;

/// <summary>An encoder that can be asked for by name.</summary>
/// <param name="Name">The name that users and trials know it by.</param>
/// <param name="Input">What images it takes in.</param>
/// <param name="ImagesPerSecond">Rough rate of one core in training, for estimates of time before anything was measured.</param>
/// <param name="Create">Makes one with embeddings of the width that is asked for.</param>
/// <param name="DefaultInputSize">Side of its images where none is stated; null where it leaves no choice.</param>
public sealed record EncoderKind(
    string Name,
    Func<Hyperparameters, InputShape> Input,
    Func<Hyperparameters, double> ImagesPerSecond,
    Func<Hyperparameters, Encoder> Create,
    int? DefaultInputSize = null);
