using System.Collections.Immutable;

namespace Siamese.Grains.Storage;

/// <summary>Stores blobs as files in a folder, `ab/abcdef…`. Several silos may share it.</summary>
/// <param name="folder">Created if it is missing.</param>
public sealed class FolderBlobStore(string folder) : IBlobStore, IVerifiable
{
    public async Task<string> Put(byte[] bytes, CancellationToken cancellation)
    {
        var name = ContentName.Of(bytes);
        var path = PathOf(name);
        // A broken blob is written again: retraining a trial gives the same name.
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
            : throw new BlobException($"Blob {name} in {folder} is broken: its bytes do not match its hash.");
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

    /// <summary>Some file systems leave an empty file if the power fails during a write.</summary>
    private bool IsThere(string name)
    {
        var file = new FileInfo(PathOf(name));
        return file.Exists && (file.Length > 0 || name == ContentName.Of([]));
    }

    private string PathOf(string name) => Path.Combine(folder, ContentName.Check(name)[..2], name);
}
