using System.Collections.Immutable;

namespace Siamese.Grains.Galleries;

/// <summary>A part of a gallery, a few hundred references, that is stored and searched as a unit. Different content makes a different lot.</summary>
/// <param name="Blob">Blob of its images; it also identifies the lot, because no other lot has the same blob.</param>
/// <param name="References">Who or what the images show, in their order; empty if the caller knows this lot.</param>
/// <param name="Embeddings">The members' embeddings of them, as far as computed.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryLot")]
internal sealed record GalleryLot(string Blob, ImmutableArray<EnrolledReference> References, ImmutableArray<LotEmbeddings> Embeddings);
