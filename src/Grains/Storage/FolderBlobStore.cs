using System.Security.Cryptography;

namespace Siamese.Grains.Storage;

/// <summary>Blobs as files of a folder, `ab/abcdef…`. Several silos may share it.</summary>
/// <param name="folder">Made where it is missing.</param>
public sealed class FolderBlobStore(string folder) : IBlobStore
{
    public async Task<string> Put(byte[] bytes, CancellationToken cancellation)
    {
        var name = NameOf(bytes);
        var path = PathOf(name);
        // A broken blob is written anew: training a trial again gives the very same name.
        if (File.Exists(path) && NameOf(await File.ReadAllBytesAsync(path, cancellation)) == name)
            return name;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written beside and renamed: nobody ever sees half a blob, and two writers of the same bytes do no harm.
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(bytes, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        return name;
    }

    public async Task<byte[]> Get(string name, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(PathOf(name), cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobException($"Blob {name} is not in {folder}.", e);
        }

        return NameOf(bytes) == name
            ? bytes
            : throw new BlobException($"Blob {name} in {folder} is broken: its bytes do not have its hash.");
    }

    public Task<long> Delete(string name, CancellationToken cancellation)
    {
        var file = new FileInfo(PathOf(name));
        if (!file.Exists)
            return Task.FromResult(0L);
        var length = file.Length;
        file.Delete();
        return Task.FromResult(length);
    }

    private static string NameOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string PathOf(string name) =>
        name.Length == 64 && name.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folder, name[..2], name)
            : throw new ArgumentException($"'{name}' is no blob's name.", nameof(name));
}
