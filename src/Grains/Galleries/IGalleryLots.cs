using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Access;
using Siamese.Contracts.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>The side of a gallery that other grains call: its references, in lots, with their embeddings.</summary>
[Alias("siamese.IGalleryLots"), SilosOnly]
internal interface IGalleryLots : IGalleryGrain
{
    /// <summary>Stores readable images. Called by <see cref="IIdentifyGrain.Enroll"/>, within its limits.</summary>
    /// <returns>How many were new and how many were known.</returns>
    [Alias("Add")]
    Task<Enrolment> Add(ImmutableArray<NamedImage> images, CancellationToken cancellation);

    /// <summary>The stamp that <see cref="GetLots"/> would return.</summary>
    [AlwaysInterleave, Alias("GetStamp")]
    Task<string> GetStamp(CancellationToken cancellation);

    /// <summary>Everything that is enrolled.</summary>
    /// <param name="known">Lots, by their blobs, whose references need not be sent.</param>
    /// <param name="cancellation">Ends the call.</param>
    [AlwaysInterleave, Alias("GetLots")]
    Task<GalleryLots> GetLots(ImmutableArray<string> known, CancellationToken cancellation);

    /// <summary>Keeps members' embeddings of a lot's images, in place of earlier ones. Frees them if the lot has changed meanwhile.</summary>
    /// <param name="lot">The lot's blob.</param>
    /// <param name="embeddings">Embeddings of all its images, each in a blob that only this lot uses.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("Keep")]
    Task Keep(string lot, ImmutableArray<LotEmbeddings> embeddings, CancellationToken cancellation);

    /// <summary>Deletes the gallery. Called by the sweep when it is removed.</summary>
    /// <returns>Bytes of blobs freed.</returns>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);
}
