using System.Collections.Immutable;

namespace Siamese.Grains.Galleries;

/// <summary>Everything that is enrolled in a gallery, at one moment.</summary>
/// <param name="Stamp">Changes with every change of the references.</param>
/// <param name="Lots">Its lots.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryLots")]
internal sealed record GalleryLots(string Stamp, ImmutableArray<GalleryLot> Lots);

/// <summary>A part of a gallery, a few hundred references, that is stored and searched as a unit. Different content makes a different lot.</summary>
/// <param name="Blob">Blob of its images; it also identifies the lot, because no other lot has the same blob.</param>
/// <param name="References">Who or what the images show, in their order; empty if the caller knows this lot.</param>
/// <param name="Embeddings">The members' embeddings of them, as far as computed.</param>
[GenerateSerializer, Immutable, Alias("siamese.GalleryLot")]
internal sealed record GalleryLot(string Blob, ImmutableArray<EnrolledReference> References, ImmutableArray<LotEmbeddings> Embeddings);

/// <summary>A member's embeddings of the images of a lot, in the store.</summary>
/// <param name="Member">The blob of the member's weights: versions that share a member share its embeddings.</param>
/// <param name="Blob">Blob of the embeddings.</param>
/// <param name="Count">Number of images embedded, from the first image of the lot on.</param>
[GenerateSerializer, Immutable, Alias("siamese.LotEmbeddings")]
internal sealed record LotEmbeddings(string Member, string Blob, int Count);

/// <summary>An enrolled image.</summary>
/// <param name="Name">Who or what it shows.</param>
/// <param name="Image">The SHA-256 of its file, with its pen strokes after it if it has any, as 64 hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnrolledReference")]
internal sealed record EnrolledReference(string Name, string Image);
