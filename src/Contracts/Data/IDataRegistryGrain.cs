using System.Collections.Immutable;

namespace Siamese.Contracts.Data;

/// <summary>
/// Knows the data sets that were uploaded and the sweeps that use each; key 0. When the last of them lets go, the pieces
/// that no other data set holds are removed. Called by <see cref="IUploadGrain"/> and by sweeps; every call may be made twice.
/// </summary>
/// <remarks>
/// Left behind for good: the pieces of an upload that was broken off, and a data set that was uploaded whole but that no
/// sweep ever followed, or only one whose submission broke off. The next upload of the same files finds them again.
/// </remarks>
[Alias("siamese.IDataRegistryGrain")]
public interface IDataRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Enters a data set, and from then on keeps its pieces.</summary>
    /// <returns>Its pieces that are not there; where there are any, it is not entered.</returns>
    /// <exception cref="BadInputException">Its manifest is not there.</exception>
    [Alias("Enter")]
    Task<ImmutableArray<string>> Enter(string manifest, CancellationToken cancellation);

    /// <summary>Notes that a sweep uses a data set. Called before the sweep says that it was submitted.</summary>
    /// <exception cref="BadInputException">Its manifest is not there any more.</exception>
    [Alias("Follow")]
    Task Follow(string manifest, string sweep, CancellationToken cancellation);

    /// <summary>Notes that a sweep uses it no longer, and removes what nobody uses then. Called when a sweep is removed.</summary>
    /// <returns>Bytes that were freed.</returns>
    [Alias("Forget")]
    Task<long> Forget(string manifest, string sweep, CancellationToken cancellation);
}
