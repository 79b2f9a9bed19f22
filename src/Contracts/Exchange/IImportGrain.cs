using System.Collections.Immutable;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// Imports an exported ensemble into this cluster. Key: its name here. The client calls <see cref="Begin"/>,
/// <see cref="Send"/> for each missing file, and finally <see cref="Finish"/>. Every call is idempotent; to resume an
/// interrupted import, begin it again.
/// </summary>
[Alias("siamese.IImportGrain")]
public interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Checks everything that can be checked without the files themselves, including shapes; stores nothing if something is wrong.</summary>
    /// <param name="manifest">An <see cref="ExportManifest"/> as bytes.</param>
    /// <param name="calibration">An <see cref="ExportedCalibration"/> as bytes.</param>
    /// <param name="headers">The header of every member's weights.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">Something is wrong with them, or the name is taken; the message says what.</exception>
    [Alias("Begin"), May(Role.Train, IsAudited = true)]
    Task<ImportStanding> Begin(ImmutableArray<byte> manifest, ImmutableArray<byte> calibration, ImmutableArray<WeightsHeader> headers, CancellationToken cancellation);

    /// <summary>Receives a piece of a file. After the last piece, the file is checked and stored.</summary>
    /// <param name="path">One of the files that were missing.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="piece">At most <see cref="ExchangeLimits.PieceBytes"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Number of bytes of the file that the cluster has: continue from there.</returns>
    /// <exception cref="BadInputException">The file does not match the manifest.</exception>
    [Alias("Send"), May(Role.Train)]
    Task<long> Send(string path, long offset, ImmutableArray<byte> piece, CancellationToken cancellation);

    /// <summary>Makes the ensemble from what was sent, as version 1: versions are counted within this cluster.</summary>
    /// <param name="isForAll">Whether verdicts that name no ensemble use this one from now on, until another is formed.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">Something is still missing.</exception>
    [Alias("Finish"), May(Role.Train, IsAudited = true)]
    Task<EnsembleSummary> Finish(bool isForAll, CancellationToken cancellation);

    /// <summary>Whether an ensemble with this name was imported or is being imported.</summary>
    [Alias("Exists"), May(Role.Train)]
    Task<bool> Exists(CancellationToken cancellation);

    /// <summary>Deletes the ensemble with everything that only it needs.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("Remove"), May(Role.Administer, IsAudited = true)]
    Task<long> Remove(CancellationToken cancellation);
}
