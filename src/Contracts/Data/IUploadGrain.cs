using System.Collections.Immutable;

namespace Siamese.Contracts.Data;

/// <summary>
/// Takes in a data set in pieces; a stateless worker, key 0. Called by the client: <see cref="Missing"/>, then
/// <see cref="Put"/> for each of those, and <see cref="Seal"/> last. Every call may be made twice.
/// </summary>
[Alias("siamese.IUploadGrain")]
public interface IUploadGrain : IGrainWithIntegerKey
{
    /// <summary>Those of the pieces that the cluster does not have.</summary>
    /// <param name="pieces">SHA-256 of each; at most <see cref="UploadLimits.NamesPerCall"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">They are too many, or no hashes.</exception>
    [Alias("Missing")]
    Task<ImmutableArray<string>> Missing(ImmutableArray<string> pieces, CancellationToken cancellation);

    /// <summary>Stores a piece and returns its SHA-256 as the cluster got it.</summary>
    /// <exception cref="BadInputException">It is larger than <see cref="UploadLimits.PieceBytes"/>.</exception>
    [Alias("Put")]
    Task<string> Put(ImmutableArray<byte> piece, CancellationToken cancellation);

    /// <summary>Ends an upload: stores the manifest, and from then on keeps its pieces from being removed with another data set.</summary>
    /// <param name="manifest">A <see cref="DataManifest"/> as bytes.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Its SHA-256, and what is missing all the same: put that, and seal again.</returns>
    /// <exception cref="BadInputException">It is no manifest, or too large.</exception>
    [Alias("Seal")]
    Task<SealedUpload> Seal(ImmutableArray<byte> manifest, CancellationToken cancellation);
}
