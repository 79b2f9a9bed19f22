namespace Siamese.Contracts.Galleries;

/// <summary>How far a gallery is embedded by the members of an ensemble's version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Embedded">References that are in a silo's memory, ready to be searched.</param>
/// <param name="References">References that there are.</param>
/// <param name="IsReady">Whether it can be searched: whatever was enrolled before the call is embedded.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryProgress")]
public sealed record GalleryProgress(int Version, int Embedded, int References, bool IsReady);
