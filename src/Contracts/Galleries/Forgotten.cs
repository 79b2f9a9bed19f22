namespace Siamese.Contracts.Galleries;

/// <summary>What was removed from a gallery.</summary>
/// <param name="Images">Number of images that were enrolled under the name; 0 if it was not enrolled.</param>
/// <param name="FreedBytes">Bytes freed in the store, including embeddings.</param>
[GenerateSerializer, Immutable, Alias("siamese.Forgotten")]
public sealed record Forgotten(int Images, long FreedBytes);
