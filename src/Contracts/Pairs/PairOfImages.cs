namespace Siamese.Contracts.Pairs;

/// <summary>Two images of a call; they may be the same image.</summary>
/// <param name="First">Index of the first image, from 0.</param>
/// <param name="Second">Index of the second image.</param>
[GenerateSerializer, Immutable, Alias("siamese.PairOfImages")]
public readonly record struct PairOfImages(int First, int Second);
