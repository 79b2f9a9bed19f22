using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Siamese.Contracts.Exchange;
using Siamese.Web.Requests;

namespace Siamese.Web.Exchange;

/// <summary>A version of an ensemble as a zip file: the folder that `client export` writes. The same version gives the same bytes.</summary>
/// <param name="key">What is exported.</param>
/// <param name="calls">Calls the export.</param>
internal sealed class ExportArchive(ExportKey key, GrainCalls calls)
{
    /// <summary>The earliest time that a zip file can state: when it was made must not change its bytes.</summary>
    private static readonly DateTimeOffset _noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What it contains, the manifest last.</summary>
    public Task<ImmutableArray<ExportedFile>> Files() => calls.Make((grains, cancellation) => grains.GetGrain<IExportGrain>(key.ToString()).Pack(cancellation));

    /// <summary>Writes the archive as it is read from the cluster.</summary>
    /// <exception cref="InvalidDataException">A file has changed meanwhile.</exception>
    public async Task Write(ImmutableArray<ExportedFile> files, Stream output)
    {
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, calls.Ended);
        foreach (var file in files)
        {
            // Weights hardly get smaller.
            var entry = archive.CreateEntry(file.Path, CompressionLevel.NoCompression);
            entry.LastWriteTime = _noTime;
            await using var target = await entry.OpenAsync(calls.Ended);
            await Write(file, target);
        }
    }

    private async Task Write(ExportedFile file, Stream target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = 0L; at < file.Length;)
        {
            var offset = at;
            var piece = await calls.Make((grains, cancellation) => grains.GetGrain<IExportGrain>(key.ToString()).Read(file.Path, offset, cancellation));
            if (piece.IsEmpty)
                break;
            await target.WriteAsync(piece.AsMemory(), calls.Ended);
            hash.AppendData(piece.AsSpan());
            at += piece.Length;
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            throw new InvalidDataException($"{file.Path} does not match the hash that the cluster stated.");
    }
}
