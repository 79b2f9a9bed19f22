namespace Siamese.Grains.Ensembles;

/// <summary>Images of one request that are embedded together, perhaps with images of other requests.</summary>
/// <param name="Request">The request that they belong to.</param>
/// <param name="Start">Index of the first image in the request.</param>
/// <param name="Images">The images.</param>
internal sealed record EmbeddingPart(EmbeddingRequest Request, int Start, ReadOnlyMemory<ReadOnlyMemory<byte>> Images);
