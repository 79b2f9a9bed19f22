using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Siamese.Contracts.Galleries;

/// <summary>Who is enrolled with an ensemble. Key: the ensemble's name. What it gives is always of one moment, between two changes.</summary>
[Alias("siamese.IGalleryGrain")]
public interface IGalleryGrain : IGrainWithStringKey
{
    /// <summary>Stores images that can be read. Called by <see cref="IIdentifyGrain.Enroll"/>, within its limits.</summary>
    /// <returns>How many there are of each kind.</returns>
    [Alias("Add")]
    Task<Enrolment> Add(ImmutableArray<NamedImage> images, CancellationToken cancellation);

    /// <summary>Takes a name out, with its images and all that was made of them. Called by the client.</summary>
    [Alias("Forget")]
    Task<Forgotten> Forget(string name, CancellationToken cancellation);

    /// <summary>Every name that is enrolled, in the order of names. Called by the client.</summary>
    [AlwaysInterleave, Alias("GetNames")]
    Task<ImmutableArray<EnrolledName>> GetNames(CancellationToken cancellation);

    /// <summary>What <see cref="GetLots"/> would give as its stamp.</summary>
    [AlwaysInterleave, Alias("GetStamp")]
    Task<string> GetStamp(CancellationToken cancellation);

    /// <summary>All that is enrolled.</summary>
    /// <param name="known">Lots, by their blobs, whose references need not be sent.</param>
    /// <param name="cancellation">Ends the call.</param>
    [AlwaysInterleave, Alias("GetLots")]
    Task<GalleryLots> GetLots(ImmutableArray<string> known, CancellationToken cancellation);

    /// <summary>Keeps what members make of a lot's images, in place of what was kept of them. Frees it where the lot has changed meanwhile.</summary>
    /// <param name="lot">The lot's blob.</param>
    /// <param name="embeddings">Of all its images, each in a blob of the lot's own.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("Keep")]
    Task Keep(string lot, ImmutableArray<LotEmbeddings> embeddings, CancellationToken cancellation);

    /// <summary>Forgets everybody. Called by the sweep when it is removed.</summary>
    /// <returns>Bytes of blobs that this freed.</returns>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);
}
