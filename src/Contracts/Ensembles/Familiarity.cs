namespace Siamese.Contracts.Ensembles;

/// <summary>
/// How much each image of a pair looks like the training images: the share of validation images that are at least as far
/// from their nearest training image, 0 to 1. A small share means a novel image.
/// </summary>
/// <param name="First">Share for the first image.</param>
/// <param name="Second">Share for the second image.</param>
[GenerateSerializer, Immutable, Alias("siamese.Familiarity")]
public sealed record Familiarity(double First, double Second);
