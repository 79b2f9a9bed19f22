using System.Collections.Immutable;

namespace Siamese.Contracts.Galleries;

/// <summary>A part of a gallery, a few hundred references, that is stored and searched as one. Another content is another lot.</summary>
/// <param name="Blob">Its images; also what it is known by, for no other has the same.</param>
/// <param name="References">Whom the images show, in their order; empty where whoever asks knows this lot.</param>
/// <param name="Embeddings">What members make of them, as far as that was computed.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryLot")]
public sealed record GalleryLot(string Blob, ImmutableArray<EnrolledReference> References, ImmutableArray<LotEmbeddings> Embeddings);
