using Siamese.Contracts.Data;

namespace Siamese.Contracts.Galleries;

/// <summary>A name that an image may show, by the nearest of the images that it is enrolled with.</summary>
/// <param name="Name">The name.</param>
/// <param name="Image">Which image of it is the nearest: the SHA-256 of its file.</param>
/// <param name="Relation">What a verdict of the pair says.</param>
/// <param name="Distance">The combined distance of the pair; the image that is asked about is the first of it.</param>
/// <param name="Probability">Calibrated probability that the pair is *same*, for a prior of one half.</param>
[GenerateSerializer, Immutable, Alias("siamese.Match")]
public sealed record Match(string Name, string Image, Relation Relation, double Distance, double Probability);
