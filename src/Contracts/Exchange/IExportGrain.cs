using System.Collections.Immutable;
using Siamese.Contracts.Access;

namespace Siamese.Contracts.Exchange;

/// <summary>
/// Packs one version of an ensemble, or a trial as an ensemble of one, into the files of a folder. Key: an
/// <see cref="ExportKey"/>. The client calls <see cref="Pack"/>, then <see cref="Read"/> for each file. Every call is
/// idempotent, and a grain that lost its silo packs the same files again.
/// </summary>
[Alias("siamese.IExportGrain")]
public interface IExportGrain : IGrainWithStringKey
{
    /// <summary>The files of the folder; the manifest is the last.</summary>
    /// <exception cref="BadInputException">There is no such version or trial, or part of it is no longer in the store.</exception>
    [Alias("Pack"), May(Role.Train, IsAudited = true)]
    Task<ImmutableArray<ExportedFile>> Pack(CancellationToken cancellation);

    /// <summary>A piece of a file.</summary>
    /// <param name="path">One of the files.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The bytes from the offset on, at most <see cref="ExchangeLimits.PieceBytes"/>.</returns>
    /// <exception cref="BadInputException">There is no such file, or it is shorter.</exception>
    [Alias("Read"), May(Role.Train)]
    Task<ImmutableArray<byte>> Read(string path, long offset, CancellationToken cancellation);
}
