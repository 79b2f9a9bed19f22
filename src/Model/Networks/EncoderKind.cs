using Siamese.Model.Data;

namespace Siamese.Model.Networks;

/// <summary>An encoder that can be asked for by name.</summary>
/// <param name="Name">The name that users and trials know it by.</param>
/// <param name="Input">What images it takes in.</param>
/// <param name="ImagesPerSecond">Rough rate of one core in training, for estimates of time before anything was measured.</param>
/// <param name="Create">Makes one with embeddings of the given width.</param>
public sealed record EncoderKind(string Name, InputShape Input, double ImagesPerSecond, Func<int, Encoder> Create);
