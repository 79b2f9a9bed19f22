using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Exchange;

namespace Siamese.Web.Exchange;

/// <summary>A zip file of an exported folder, in which every file has the length and the hash that the manifest states.</summary>
internal sealed class ImportArchive
{
    /// <summary>Where `client export --sign` writes its signature. Whoever trusts its key checks it before sending.</summary>
    private const string SignatureName = "manifest.sig";

    /// <summary>How many times as large the files may be as the archive. Weights hardly get smaller when they are compressed.</summary>
    private const int LargestRatio = 10;

    private const int LengthBytes = 8;
    private const int PartBytes = 128 * 1024;

    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private ImportArchive(Dictionary<string, ZipArchiveEntry> entries, byte[] manifest)
    {
        _entries = entries;
        ManifestBytes = ImmutableCollectionsMarshal.AsImmutableArray(manifest);
        try
        {
            Manifest = ExportManifest.Read(manifest);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{ExportManifest.FileName} cannot be used: {e.Message}", e);
        }
    }

    public ExportManifest Manifest { get; }

    public ImmutableArray<byte> ManifestBytes { get; }

    public ImmutableArray<byte> CalibrationBytes { get; private set; }

    /// <summary>The header of every member's weights file.</summary>
    public ImmutableArray<WeightsHeader> Headers { get; private set; }

    /// <summary>Reads the whole archive once.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="BadInputException">It has other files than its manifest lists, or a file has changed; the message names it.</exception>
    /// <exception cref="InvalidDataException">It is not a zip file.</exception>
    public static async Task<ImportArchive> Read(ZipArchive archive, long bytes, CancellationToken cancellation)
    {
        var entries = Entries(archive, bytes);
        if (!entries.TryGetValue(ExportManifest.FileName, out var manifest))
            throw new BadInputException($"The zip file contains no {ExportManifest.FileName} at its top; send what an export wrote.");
        var read = new ImportArchive(entries, await ReadText(manifest, cancellation));
        string[] expected = [ExportManifest.FileName, SignatureName, .. read.Manifest.Files.Select(file => file.Path)];
        if (entries.Keys.FirstOrDefault(name => Array.IndexOf(expected, name) < 0) is { } other)
            throw new BadInputException($"The zip file contains '{PlainText.Of(other)}', which {ExportManifest.FileName} does not list.");
        foreach (var file in read.Manifest.Files)
            await read.Check(file, cancellation);
        read.CalibrationBytes = ImmutableCollectionsMarshal.AsImmutableArray(await ReadText(entries[ExportedCalibration.FileName], cancellation));
        var headers = ImmutableArray.CreateBuilder<WeightsHeader>();
        foreach (var member in read.Manifest.Members)
            headers.Add(new WeightsHeader(member.Weights, await read.Header(member.Weights, cancellation)));
        read.Headers = headers.DrainToImmutable();
        return read;
    }

    /// <summary>Opens a file that the manifest lists.</summary>
    public Task<Stream> Open(string path, CancellationToken cancellation) => _entries[path].OpenAsync(cancellation);

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive, long bytes)
    {
        BadInputException.ThrowUnless(archive.Entries.Sum(entry => (double)entry.Length) <= (double)LargestRatio * bytes, $"The zip file states more than {LargestRatio} times as many bytes as it has; send what an export wrote.");
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        // Names with a slash at their end are folders.
        foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            if (!entries.TryAdd(entry.FullName, entry))
                throw new BadInputException($"The zip file contains '{PlainText.Of(entry.FullName)}' twice.");
        }

        return entries;
    }

    private async Task Check(ExportedFile file, CancellationToken cancellation)
    {
        if (!_entries.TryGetValue(file.Path, out var entry))
            throw new BadInputException($"'{file.Path}' is missing, though {ExportManifest.FileName} lists it; send the whole export again.");
        BadInputException.ThrowUnless(entry.Length == file.Length, $"'{file.Path}' has changed since the export: it has {entry.Length} bytes, but {ExportManifest.FileName} states {file.Length}.");
        await using var stream = await entry.OpenAsync(cancellation);
        if (await Hash(stream, file.Length, cancellation) != file.Sha256)
            throw new BadInputException($"'{file.Path}' has changed since the export: its hash differs from the one in {ExportManifest.FileName}.");
    }

    /// <summary>The hash of a file that has this length; null if there is less of it, or more, which is not read.</summary>
    private static async Task<string?> Hash(Stream stream, long length, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[PartBytes];
        for (var left = length; left >= 0;)
        {
            var read = await stream.ReadAsync(part, cancellation);
            if (read == 0)
                return left == 0 ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
            hash.AppendData(part, 0, read);
            left -= read;
        }

        return null;
    }

    private static async Task<byte[]> ReadText(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        BadInputException.ThrowUnless(entry.Length <= ExchangeLimits.TextBytes, $"'{entry.FullName}' has more than {ExchangeLimits.TextBytes} bytes, so no export wrote it.");
        await using var stream = await entry.OpenAsync(cancellation);
        var text = new byte[entry.Length];
        BadInputException.ThrowUnless(await stream.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation) == text.Length, $"'{entry.FullName}' is shorter than the zip file states; send the whole export again.");
        return text;
    }

    private async Task<ImmutableArray<byte>> Header(string path, CancellationToken cancellation)
    {
        await using var stream = await Open(path, cancellation);
        var start = new byte[LengthBytes];
        await stream.ReadAtLeastAsync(start, LengthBytes, throwOnEndOfStream: false, cancellation);
        var length = BinaryPrimitives.ReadInt64LittleEndian(start);
        BadInputException.ThrowUnless(length >= 0 && length <= Math.Min(ExchangeLimits.TextBytes, _entries[path].Length - LengthBytes), $"'{path}' is not a file of weights: it states a header length of {length} bytes.");
        var header = new byte[LengthBytes + length];
        start.CopyTo(header, 0);
        await stream.ReadExactlyAsync(header.AsMemory(LengthBytes), cancellation);
        return ImmutableCollectionsMarshal.AsImmutableArray(header);
    }
}
