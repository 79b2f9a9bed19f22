using System.Collections.Immutable;

namespace Siamese.Grains.Storage;

/// <summary>Blobs as files of a folder, `ab/abcdef…`. Several silos may share it.</summary>
/// <param name="folder">Made where it is missing.</param>
public sealed class FolderBlobStore(string folder) : IBlobStore, IVerifiable
{
    public async Task<string> Put(byte[] bytes, CancellationToken cancellation)
    {
        var name = ContentName.Of(bytes);
        var path = PathOf(name);
        // A broken blob is written anew: training a trial again gives the very same name.
        if (File.Exists(path) && ContentName.Of(await File.ReadAllBytesAsync(path, cancellation)) == name)
            return name;
        await WholeFile.Write(path, bytes, cancellation);
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

        return ContentName.Of(bytes) == name
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

    public Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<string>>([.. names.Where(name => !IsThere(name))]);

    public IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation) =>
        ContentFiles.Verify(folder, "Blob", file => ContentName.Is(file.Name) ? file.Name : null, cancellation);

    /// <summary>A file without bytes is what some file systems leave of one that was on its way when the power went.</summary>
    private bool IsThere(string name)
    {
        var file = new FileInfo(PathOf(name));
        return file.Exists && (file.Length > 0 || name == ContentName.Of([]));
    }

    private string PathOf(string name) => Path.Combine(folder, ContentName.Check(name)[..2], name);
}
