namespace Siamese.Grains.Ensembles;

/// <summary>Some images of a request that are embedded at once, perhaps with those of others.</summary>
/// <param name="Request">Whose they are.</param>
/// <param name="Start">Which of its images is the first.</param>
/// <param name="Images">The images.</param>
internal sealed record EmbeddingPart(EmbeddingRequest Request, int Start, ReadOnlyMemory<ReadOnlyMemory<byte>> Images);
