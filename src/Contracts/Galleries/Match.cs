using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Galleries;

/// <summary>An enrolled name that an image may show, judged by the nearest image under that name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Image">The nearest image under that name: the SHA-256 of its file, with its pen strokes after it if it has any.</param>
/// <param name="Relation">What a verdict on the pair says.</param>
/// <param name="Distance">The combined distance of the pair; the query image is the first.</param>
/// <param name="Probability">Calibrated probability that the pair is *same*, for a prior of one half.</param>
[GenerateSerializer, Immutable, Alias("siamese.Match")]
public sealed record Match(string Name, string Image, Relation Relation, double Distance, double Probability);
