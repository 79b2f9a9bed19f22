namespace Siamese.Contracts.Ensembles;

/// <summary>Two of the images of a call, which may be one and the same.</summary>
/// <param name="First">Index of one, from 0.</param>
/// <param name="Second">Index of the other.</param>
[GenerateSerializer, Immutable, Alias("siamese.PairOfImages")]
public readonly record struct PairOfImages(int First, int Second);
