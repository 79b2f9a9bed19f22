using System.Collections.Immutable;

namespace Siamese.Grains.Galleries;

/// <summary>Everything that is enrolled in a gallery, at one moment.</summary>
/// <param name="Stamp">Changes with every change of the references.</param>
/// <param name="Lots">Its lots.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryLots")]
internal sealed record GalleryLots(string Stamp, ImmutableArray<GalleryLot> Lots);
