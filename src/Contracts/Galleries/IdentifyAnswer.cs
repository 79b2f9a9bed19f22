namespace Siamese.Contracts.Galleries;

/// <summary>An identification, or the gallery's progress towards being ready for one.</summary>
/// <param name="Identification">Null while references are still being embedded; call again.</param>
/// <param name="Progress">Progress of the embedding.</param>
[GenerateSerializer, Immutable, Alias("siamese.IdentifyAnswer")]
public sealed record IdentifyAnswer(Identification? Identification, GalleryProgress Progress);
