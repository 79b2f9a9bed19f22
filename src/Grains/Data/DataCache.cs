using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Data;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Data;

/// <summary>
/// The files of uploaded data sets, fetched from the store when this silo first reads them. Each data set has a folder named
/// after its manifest, written under another name and then renamed. One per silo; silos on one machine may share the cache folder.
/// </summary>
public sealed partial class DataCache(IBlobStore blobs, IOptions<DataCacheOptions> options, TimeProvider time, ILogger<DataCache> logger)
{
    private const string Partial = ".partial";

    private readonly ILogger _logger = logger;

    /// <summary>Reads a data set from its files. Blocks while they are fetched, so call it on a dedicated thread.</summary>
    /// <param name="name">Name of the data set's manifest.</param>
    /// <param name="read">Receives the folder and the manifest; the files stay until it returns.</param>
    /// <exception cref="DataUnavailableException">This silo cannot get the files.</exception>
    public T Read<T>(string name, Func<string, DataManifest, T> read)
    {
        var manifest = Manifest(name);
        using var held = Hold(name, manifest);
        return read(FolderOf(name), manifest);
    }

    private DataManifest Manifest(string name)
    {
        try
        {
            return DataManifest.Read(Get(name));
        }
        catch (InvalidDataException e)
        {
            throw Broken(name, e.Message, e);
        }
    }

    private CacheLock Hold(string name, DataManifest manifest)
    {
        CacheLock? held = null;
        try
        {
            Directory.CreateDirectory(options.Value.Folder);
            held = CacheLock.Take(LockOf(name), time);
            Provide(name, manifest);
            Directory.SetLastWriteTimeUtc(FolderOf(name), time.GetUtcNow().UtcDateTime);
            return held;
        }
        catch (Exception e)
        {
            held?.Dispose();
            if (e is InvalidDataException)
                throw Broken(name, e.Message, e);
            if (e is IOException or UnauthorizedAccessException)
                throw NoRoom(manifest, e.Message.TrimEnd('.'), e);
            throw;
        }
    }

    private void Provide(string name, DataManifest manifest)
    {
        var folder = FolderOf(name);
        if (Directory.Exists(folder))
        {
            if (FirstBroken(folder, manifest) is not { } broken)
                return;
            LogBroken(name, broken);
            Directory.Delete(folder, recursive: true);
        }

        MakeRoom(name, manifest);
        var partial = folder + Partial;
        Remove(partial);
        try
        {
            Directory.CreateDirectory(partial);
            using (var files = new PiecedFiles(manifest, partial))
            {
                foreach (var piece in manifest.Pieces)
                    files.Write(Get(piece.Sha256));
                files.End();
            }

            Directory.Move(partial, folder);
        }
        catch
        {
            Remove(partial);
            throw;
        }

        LogFetched(name, manifest.Files.Count, manifest.Length);
    }

    /// <summary>Path of the first file that does not match the manifest; null if all do.</summary>
    private static string? FirstBroken(string folder, DataManifest manifest) =>
        manifest.Files.FirstOrDefault(file => !IsWhole(Path.Combine(folder, file.Path), file))?.Path;

    private static bool IsWhole(string path, DataFile expected)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != expected.Length)
            return false;
        using var content = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content)) == expected.Sha256;
    }

    /// <summary>Removes the least recently used data sets until the new one fits, except those that another silo is reading.</summary>
    private void MakeRoom(string name, DataManifest manifest)
    {
        var limit = options.Value.LimitBytes;
        if (manifest.Length > limit)
            throw NoRoom(manifest, $"the cache is limited to {Megabytes(limit)}; start the silo with a larger cache");
        var others = new DirectoryInfo(options.Value.Folder).GetDirectories()
            .Where(folder => DataManifest.IsHash(folder.Name.Replace(Partial, "", StringComparison.Ordinal)) && folder.Name != name)
            .Select(folder => (Folder: folder, Length: LengthOf(folder)))
            .OrderBy(other => other.Folder.LastWriteTimeUtc)
            .ToList();
        var used = others.Sum(other => other.Length);
        foreach (var (folder, length) in others)
        {
            if (used + manifest.Length <= limit && Free >= manifest.Length)
                break;
            using var held = CacheLock.TryTake(LockOf(folder.Name.Replace(Partial, "", StringComparison.Ordinal)));
            if (held is null)
                continue;
            folder.Delete(recursive: true);
            used -= length;
            LogRemoved(folder.Name, length);
        }

        if (Free < manifest.Length)
            throw NoRoom(manifest, $"the disk has {Megabytes(Free)} free");
    }

    /// <summary>Bytes in a folder; 0 if it is renamed or removed meanwhile, which only the holder of its lock does.</summary>
    private static long LengthOf(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return 0;
        }
    }

    private long Free => new DriveInfo(Path.GetFullPath(options.Value.Folder)).AvailableFreeSpace;

    private string FolderOf(string name) => Path.Combine(options.Value.Folder, name);

    private string LockOf(string name) => Path.Combine(options.Value.Folder, $"{name}.lock");

    /// <summary>Blocks, because it runs on a thread that reads data sets.</summary>
    private byte[] Get(string blob)
    {
        try
        {
            return blobs.Get(blob, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (BlobException e)
        {
            throw Broken(blob, e.Message, e);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static DataUnavailableException Broken(string blob, string why, Exception cause) => new(
        $"The data set cannot be fetched from the store because of blob {blob}: {why.TrimEnd('.')}. Remove the sweeps that use it and submit them again with 'data', which uploads it again.",
        cause);

    private DataUnavailableException NoRoom(DataManifest manifest, string why, Exception? cause = null)
    {
        var message = $"The silo on {Environment.MachineName} cannot keep a data set of {Megabytes(manifest.Length)} in {options.Value.Folder}: {why}. Free some disk space there, or give it another cache folder.";
        return cause is null ? new(message) : new(message, cause);
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:F1} MB");
}
