using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Siamese.Contracts.Galleries;

/// <summary>Who and what is enrolled with an ensemble. Key: the ensemble's name. Every answer is a consistent snapshot between two changes.</summary>
[Alias("siamese.IGalleryGrain")]
public interface IGalleryGrain : IGrainWithStringKey
{
    /// <summary>Stores readable images. Called by <see cref="IIdentifyGrain.Enroll"/>, within its limits.</summary>
    /// <returns>How many were new and how many were known.</returns>
    [Alias("Add")]
    Task<Enrolment> Add(ImmutableArray<NamedImage> images, CancellationToken cancellation);

    /// <summary>Removes a name, with its images and everything that was made from them. Called by the client.</summary>
    [Alias("Forget")]
    Task<Forgotten> Forget(string name, CancellationToken cancellation);

    /// <summary>Every enrolled name, sorted by name. Called by the client.</summary>
    [AlwaysInterleave, Alias("GetNames")]
    Task<ImmutableArray<EnrolledName>> GetNames(CancellationToken cancellation);

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
