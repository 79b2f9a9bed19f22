using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;

namespace Siamese.Grains.Data;

/// <summary>
/// Tracks the uploaded data sets and the sweeps that use each one; key 0. When the last sweep releases a data set, the pieces
/// that no other data set uses are removed. Called by <see cref="IUploadGrain"/> and by sweeps; every call is idempotent.
/// </summary>
[Alias("siamese.IDataRegistryGrain"), SilosOnly]
internal interface IDataRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Registers a data set and keeps its pieces from then on.</summary>
    /// <returns>Its missing pieces; if there are any, it is not registered.</returns>
    /// <exception cref="BadInputException">Its manifest is missing.</exception>
    [Alias("Enter")]
    Task<ImmutableArray<string>> Enter(string manifest, CancellationToken cancellation);

    /// <summary>Records that a sweep uses a data set. Called before the sweep reports that it was submitted.</summary>
    /// <exception cref="BadInputException">Its manifest no longer exists.</exception>
    [Alias("Follow")]
    Task Follow(string manifest, string sweep, CancellationToken cancellation);

    /// <summary>Records that a sweep no longer uses a data set, and removes what is now unused. Called when a sweep is removed.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("Forget")]
    Task<long> Forget(string manifest, string sweep, CancellationToken cancellation);

    /// <summary>
    /// Removes the data sets that nobody has used for a day: uploaded for no sweep, for one whose submission was interrupted,
    /// or for an evaluation whose silo died.
    /// </summary>
    /// <param name="sweeps">The sweeps that existed a short time ago.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Bytes freed.</returns>
    [Alias("Expire")]
    Task<long> Expire(ImmutableHashSet<string> sweeps, CancellationToken cancellation);

    /// <summary>The data sets that no sweep uses.</summary>
    [Alias("Unused"), AlwaysInterleave]
    Task<ImmutableArray<UnusedUpload>> Unused(CancellationToken cancellation);
}
