namespace Siamese.Contracts.Galleries;

/// <summary>What was taken out of a gallery.</summary>
/// <param name="Images">Images that the name was enrolled with; 0 where it was not.</param>
/// <param name="FreedBytes">What this freed in the store, embeddings included.</param>
[GenerateSerializer, Immutable, Alias("siamese.Forgotten")]
public sealed record Forgotten(int Images, long FreedBytes);
