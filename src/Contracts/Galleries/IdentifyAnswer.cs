namespace Siamese.Contracts.Galleries;

/// <summary>An identification, or how far the gallery is from being ready for one.</summary>
/// <param name="Identification">Null where references are still being embedded; ask again.</param>
/// <param name="Progress">How far that is.</param>
[GenerateSerializer, Immutable, Alias("siamese.IdentifyAnswer")]
public sealed record IdentifyAnswer(Identification? Identification, GalleryProgress Progress);
