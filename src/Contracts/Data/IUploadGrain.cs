using System.Collections.Immutable;
using Siamese.Contracts.Access;

namespace Siamese.Contracts.Data;

/// <summary>
/// Receives a data set in pieces; a stateless worker, key 0. The client calls <see cref="Missing"/>, then
/// <see cref="Put"/> for each missing piece, and finally <see cref="Seal"/>. Every call is idempotent.
/// </summary>
[Alias("siamese.IUploadGrain")]
public interface IUploadGrain : IGrainWithIntegerKey
{
    /// <summary>The given pieces that the cluster does not have. It keeps the others for at least a day from now.</summary>
    /// <param name="pieces">SHA-256 of each; at most <see cref="UploadLimits.NamesPerCall"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There are too many, or one is not a hash.</exception>
    [Alias("Missing"), May(Role.Train)]
    Task<ImmutableArray<string>> Missing(ImmutableArray<string> pieces, CancellationToken cancellation);

    /// <summary>Stores a piece and returns the SHA-256 of what the cluster received.</summary>
    /// <exception cref="BadInputException">It is larger than <see cref="UploadLimits.PieceBytes"/>.</exception>
    [Alias("Put"), May(Role.Train)]
    Task<string> Put(ImmutableArray<byte> piece, CancellationToken cancellation);

    /// <summary>Ends an upload: stores the manifest and protects its pieces from removal with another data set. A data set that nobody uses is removed a day later.</summary>
    /// <param name="manifest">A <see cref="DataManifest"/> as bytes.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Its SHA-256, and the pieces that are still missing: put those and seal again.</returns>
    /// <exception cref="BadInputException">It is not a valid manifest, or is too large.</exception>
    [Alias("Seal"), May(Role.Train, IsAudited = true)]
    Task<SealedUpload> Seal(ImmutableArray<byte> manifest, CancellationToken cancellation);
}
