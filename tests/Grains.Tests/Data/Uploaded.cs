using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Data;

/// <summary>The simplest uploads: every file is a piece.</summary>
internal static class Uploaded
{
    /// <summary>Stores every file below a folder.</summary>
    /// <returns>The manifest.</returns>
    public static async Task<DataManifest> Pieces(IBlobStore blobs, string folder, string? table = null, bool namesFullPaths = false)
    {
        var (files, pieces) = (new List<DataFile>(), new List<DataPiece>());
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = await File.ReadAllBytesAsync(path);
            files.Add(new DataFile(Path.GetRelativePath(folder, path), bytes.Length, Hash(bytes)));
            if (bytes.Length > 0)
                pieces.Add(new DataPiece(bytes.Length, await blobs.Put(bytes, CancellationToken.None)));
        }

        return new DataManifest(files, pieces, table, namesFullPaths ? folder : null);
    }

    /// <summary>Also stores the manifest and returns its name.</summary>
    public static async Task<string> Put(IBlobStore blobs, string folder, string? table = null, bool namesFullPaths = false) =>
        await blobs.Put((await Pieces(blobs, folder, table, namesFullPaths)).Write(), CancellationToken.None);

    public static DataLibrary Library(IBlobStore blobs, string folder, DataMemoryOptions? memory = null, TimeProvider? time = null) =>
        new(Cache(blobs, folder), Options.Create(new DataCacheOptions { Folder = folder }), Options.Create(memory ?? new()), Options.Create(new DataRoot()), new NoFeatures(), time ?? TimeProvider.System);

    public static DataCache Cache(IBlobStore blobs, string folder, TimeProvider? time = null, long limit = long.MaxValue) => new(
        blobs, Options.Create(new DataCacheOptions { Folder = folder, LimitBytes = limit }), time ?? TimeProvider.System, NullLogger<DataCache>.Instance);

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
