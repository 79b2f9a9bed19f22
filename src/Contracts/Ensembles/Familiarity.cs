namespace Siamese.Contracts.Ensembles;

/// <summary>
/// How much the images of a pair look like training: the share of validation images that are as far from the nearest training
/// image or farther, 0 to 1. A small share is a novel image.
/// </summary>
/// <param name="First">Of the first image.</param>
/// <param name="Second">Of the second.</param>
[GenerateSerializer, Immutable, Alias("siamese.Familiarity")]
public sealed record Familiarity(double First, double Second);
