namespace Siamese.Contracts.Galleries;

/// <summary>What a member of an ensemble makes of the images of a lot, in the store.</summary>
/// <param name="Member">The blob of the member's weights: versions that share a member share these.</param>
/// <param name="Blob">Where they are.</param>
/// <param name="Count">Of so many images of the lot, the first of them.</param>
[GenerateSerializer, Immutable, Alias("siamese.LotEmbeddings")]
public sealed record LotEmbeddings(string Member, string Blob, int Count);
