using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// Brings an exported ensemble into this cluster. Key: the name that it is to have here. Called by the client:
/// <see cref="Begin"/>, <see cref="Send"/> for each file that is missing, and <see cref="Finish"/> last. Every call may be made
/// twice; an import that was cut short goes on where it is begun again.
/// </summary>
[Alias("siamese.IImportGrain")]
public interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Checks all that can be told without the files themselves, shapes included; nothing is stored where something is wrong.</summary>
    /// <param name="manifest">An <see cref="ExportManifest"/> as bytes.</param>
    /// <param name="calibration">An <see cref="ExportedCalibration"/> as bytes.</param>
    /// <param name="headers">Of every member's weights.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">Something is wrong with them, or the name is taken; says what.</exception>
    [Alias("Begin")]
    Task<ImportStanding> Begin(ImmutableArray<byte> manifest, ImmutableArray<byte> calibration, ImmutableArray<WeightsHeader> headers, CancellationToken cancellation);

    /// <summary>Takes in a piece of a file. With its last piece the file is checked and stored.</summary>
    /// <param name="path">One of the files that were missing.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="piece">At most <see cref="ExchangeLimits.PieceBytes"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Bytes that the cluster has of it: go on from there.</returns>
    /// <exception cref="BadInputException">The file is not as the manifest says.</exception>
    [Alias("Send")]
    Task<long> Send(string path, long offset, ImmutableArray<byte> piece, CancellationToken cancellation);

    /// <summary>Makes the ensemble of what was sent, its version 1: versions count what was formed in this cluster.</summary>
    /// <exception cref="BadInputException">Something is still missing.</exception>
    [Alias("Finish")]
    Task<EnsembleSummary> Finish(CancellationToken cancellation);

    /// <summary>Whether an ensemble of this name was brought in, or is being so.</summary>
    [Alias("Exists")]
    Task<bool> Exists(CancellationToken cancellation);

    /// <summary>Forgets the ensemble with all that only it needs.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);
}
