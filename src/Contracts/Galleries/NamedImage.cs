using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Galleries;

/// <summary>An image to enroll.</summary>
/// <param name="Name">Who or what it shows; see <see cref="ReferenceName"/> for the names allowed.</param>
/// <param name="File">The image.</param>
[GenerateSerializer, Immutable, Alias("siamese.NamedImage")]
public sealed record NamedImage(string Name, ImageFile File);
