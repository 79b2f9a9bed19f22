using System.Collections.Immutable;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// Packs one version of an ensemble, or a trial as an ensemble of one, into the files of a folder. Key: an
/// <see cref="ExportKey"/>. Called by the client: <see cref="Pack"/>, then <see cref="Read"/> file by file. Every call may be
/// made twice, and where its silo was lost it packs the same files again.
/// </summary>
[Alias("siamese.IExportGrain")]
public interface IExportGrain : IGrainWithStringKey
{
    /// <summary>The files of the folder, the manifest among them as the last.</summary>
    /// <exception cref="BadInputException">There is no such version or trial, or something of it is not in the store any more.</exception>
    [Alias("Pack")]
    Task<ImmutableArray<ExportedFile>> Pack(CancellationToken cancellation);

    /// <summary>A piece of a file.</summary>
    /// <param name="path">One of the files.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>As many bytes as there are from there, at most <see cref="ExchangeLimits.PieceBytes"/>.</returns>
    /// <exception cref="BadInputException">There is no such file, or it is shorter.</exception>
    [Alias("Read")]
    Task<ImmutableArray<byte>> Read(string path, long offset, CancellationToken cancellation);
}
