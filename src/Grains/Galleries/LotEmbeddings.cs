namespace Siamese.Grains.Galleries;

/// <summary>A member's embeddings of the images of a lot, in the store.</summary>
/// <param name="Member">The blob of the member's weights: versions that share a member share its embeddings.</param>
/// <param name="Blob">Blob of the embeddings.</param>
/// <param name="Count">Number of images embedded, from the first image of the lot on.</param>
[GenerateSerializer, Immutable, Alias("siamese.LotEmbeddings")]
internal sealed record LotEmbeddings(string Member, string Blob, int Count);
