using System.Runtime.InteropServices;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Web.Requests;

namespace Siamese.Web.Exchange;

/// <summary>What was imported.</summary>
/// <param name="Ensemble">Its name in this cluster.</param>
/// <param name="Version">Its version in this cluster.</param>
/// <param name="Hash">One hash of everything that decides its verdicts; equal to that of the exported version.</param>
/// <param name="From">Its name and version when exported, as `digits@3`.</param>
/// <param name="Members">The members' trials.</param>
/// <param name="SentBytes">Number of bytes that the cluster did not have yet.</param>
/// <param name="WasThere">Whether the same version had already been imported, so there was nothing to do.</param>
internal sealed record ImportedDocument(string Ensemble, int Version, string Hash, string From, IReadOnlyList<string> Members, long SentBytes, bool WasThere);

/// <summary>Imports an archive into the cluster.</summary>
/// <param name="archive">The archive.</param>
/// <param name="name">What the ensemble is called here.</param>
/// <param name="calls">Calls the import.</param>
internal sealed class Import(ImportArchive archive, string name, GrainCalls calls)
{
    /// <param name="isForAll">Whether verdicts that name no ensemble use this one from now on.</param>
    public async Task<ImportedDocument> Run(bool isForAll)
    {
        var standing = await calls.Make((grains, cancellation) => grains.GetGrain<IImportGrain>(name).Begin(archive.ManifestBytes, archive.CalibrationBytes, archive.Headers, cancellation));
        if (standing.There is { } there)
        {
            if (isForAll)
                await Finish(isForAll);
            return Document(there, sent: 0, wasThere: true);
        }

        ExportedFile[] files = [.. standing.Missing.Select(archive.Manifest.File)];
        foreach (var file in files)
            await Send(file);
        return Document(await Finish(isForAll), files.Sum(file => file.Length), wasThere: false);
    }

    private Task<EnsembleSummary> Finish(bool isForAll) => calls.Make((grains, cancellation) => grains.GetGrain<IImportGrain>(name).Finish(isForAll, cancellation));

    private async Task Send(ExportedFile file)
    {
        for (var at = 0L; at < file.Length;)
            at = await SendFrom(file, at);
    }

    /// <summary>Sends a file up to its end, or until the cluster wants it from elsewhere: if a silo is lost midway, the next one starts it again.</summary>
    /// <returns>The byte to go on with.</returns>
    private async Task<long> SendFrom(ExportedFile file, long start)
    {
        await using var stream = await archive.Open(file.Path, calls.Ended);
        await Skip(stream, start);
        for (var at = start; at < file.Length;)
        {
            var bytes = new byte[Math.Min(ExchangeLimits.PieceBytes, file.Length - at)];
            await stream.ReadExactlyAsync(bytes, calls.Ended);
            var (offset, piece) = (at, ImmutableCollectionsMarshal.AsImmutableArray(bytes));
            at += bytes.Length;
            var held = await calls.Make((grains, cancellation) => grains.GetGrain<IImportGrain>(name).Send(file.Path, offset, piece, cancellation));
            if (held != at)
                return held;
        }

        return file.Length;
    }

    private async Task Skip(Stream stream, long bytes)
    {
        var skipped = new byte[ExchangeLimits.PieceBytes];
        for (var left = bytes; left > 0;)
        {
            var part = (int)Math.Min(skipped.Length, left);
            await stream.ReadExactlyAsync(skipped.AsMemory(0, part), calls.Ended);
            left -= part;
        }
    }

    private ImportedDocument Document(EnsembleSummary summary, long sent, bool wasThere) => new(
        summary.Ensemble.Name, summary.Ensemble.Version, VersionHash.Of(summary.Ensemble), FormattableString.Invariant($"{archive.Manifest.Name}@{archive.Manifest.Version}"),
        [.. summary.Ensemble.Members.Select(member => member.Trial)], sent, wasThere);
}
