namespace Siamese.Contracts.Galleries;

/// <summary>Progress of embedding a gallery with the members of an ensemble's version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Embedded">Number of references in a silo's memory, ready to be searched.</param>
/// <param name="References">Total number of references.</param>
/// <param name="IsReady">Whether it can be searched: everything that was enrolled before the call is embedded.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryProgress")]
public sealed record GalleryProgress(int Version, int Embedded, int References, bool IsReady);
