using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Exchange;

namespace Siamese.Client.Commands.Exchange;

/// <summary>An exported folder, in which every file has the length and the hash that the manifest states.</summary>
internal sealed class ImportFolder
{
    private const int LengthBytes = 8;
    private const string WayOut = "export it again, or copy the whole folder again";

    private readonly string _folder;

    private ImportFolder(string folder, byte[] manifest)
    {
        _folder = folder;
        ManifestBytes = ImmutableCollectionsMarshal.AsImmutableArray(manifest);
        try
        {
            Manifest = ExportManifest.Read(manifest);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{PathOf(ExportManifest.FileName)} cannot be used: {e.Message.TrimEnd('.')}; {WayOut}.", e);
        }
    }

    public ExportManifest Manifest { get; }

    public ImmutableArray<byte> ManifestBytes { get; }

    public ImmutableArray<byte> CalibrationBytes { get; private set; }

    /// <summary>The header of every member's weights file.</summary>
    public ImmutableArray<WeightsHeader> Headers { get; private set; }

    /// <summary>Reads the whole folder once.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="trusted">Public keys, of which one must have signed it; none if it need not be signed.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="BadInputException">There is no such folder, it is not signed as it must be, or a file in it is missing or has changed; the message names it.</exception>
    public static async Task<ImportFolder> Open(string folder, IReadOnlyCollection<ECDsa> trusted, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException($"There is no folder '{folder}'; name one that `client export` wrote.");
        var path = Path.Combine(folder, ExportManifest.FileName);
        if (!File.Exists(path))
            throw new BadInputException($"'{folder}' contains no {ExportManifest.FileName}; name a folder that `client export` wrote.");
        try
        {
            var manifest = ReadText(path);
            if (trusted.Count > 0)
                ManifestSignature.Check(folder, manifest, trusted);
            var read = new ImportFolder(folder, manifest);
            foreach (var file in read.Manifest.Files)
                await read.Check(file, cancellation);
            read.CalibrationBytes = ImmutableCollectionsMarshal.AsImmutableArray(ReadText(read.PathOf(ExportedCalibration.FileName)));
            read.Headers = [.. read.Manifest.Members.Select(member => new WeightsHeader(member.Weights, read.Header(member.Weights)))];
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{folder}' cannot be read: {e.Message} Check its permissions.", e);
        }
    }

    /// <summary>Reads a piece of a file.</summary>
    public ImmutableArray<byte> Read(string file, long offset)
    {
        using var stream = File.OpenRead(PathOf(file));
        stream.Position = offset;
        var piece = new byte[Math.Min(ExchangeLimits.PieceBytes, Math.Max(0, stream.Length - offset))];
        stream.ReadExactly(piece);
        return ImmutableCollectionsMarshal.AsImmutableArray(piece);
    }

    /// <summary>Full path of the folder of a backbone.</summary>
    public string FolderOf(string backbone) => Path.GetFullPath(PathOf(BackbonePaths.FolderOf(backbone)));

    private async Task Check(ExportedFile file, CancellationToken cancellation)
    {
        var path = PathOf(file.Path);
        if (!File.Exists(path))
            throw new BadInputException($"{path} is missing, though {ExportManifest.FileName} lists it; {WayOut}.");
        // Before it is opened: a pipe or a device has no length, and never ends.
        if (RegularFile.Length(path) is var length && length != file.Length)
            throw new BadInputException($"{path} has changed since the export: it has {length} bytes, but {ExportManifest.FileName} states {file.Length}; {WayOut}.");
        await using var stream = File.OpenRead(path);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) != file.Sha256)
            throw new BadInputException($"{path} has changed since the export: its hash differs from the one in {ExportManifest.FileName}; {WayOut}.");
    }

    private static byte[] ReadText(string path) => RegularFile.Read(path, ExchangeLimits.TextBytes)
        ?? throw new BadInputException($"{path} has more than {ExchangeLimits.TextBytes} bytes, so `client export` did not write it.");

    private ImmutableArray<byte> Header(string file)
    {
        using var stream = File.OpenRead(PathOf(file));
        var start = new byte[LengthBytes];
        stream.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false);
        var length = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length < 0 || length > Math.Min(ExchangeLimits.TextBytes, stream.Length - LengthBytes))
            throw new BadInputException($"{PathOf(file)} is not a file of weights: it states a header length of {length} bytes; {WayOut}.");
        var header = new byte[LengthBytes + length];
        start.CopyTo(header, 0);
        stream.ReadExactly(header.AsSpan(LengthBytes));
        return ImmutableCollectionsMarshal.AsImmutableArray(header);
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}
