using System.Collections.Immutable;

namespace Siamese.Grains.Storage;

/// <summary>Stores blobs as files in a folder, `ab/abcdef…`. Several silos may share it.</summary>
/// <param name="folder">Created if it is missing.</param>
public sealed class FolderBlobStore(string folder) : IBlobStore, IMaintained
{
    /// <summary>The end of the name of a file that is about to be deleted.</summary>
    private const string Aside = ".unused";

    /// <summary>Longer than a collector keeps such a file.</summary>
    private static readonly TimeSpan _aMoment = TimeSpan.FromMinutes(1);

    public async Task<string> Put(byte[] bytes, CancellationToken cancellation)
    {
        var name = ContentName.Of(bytes);
        var path = PathOf(name);
        // A broken blob is written again: retraining a trial gives the same name.
        if (File.Exists(path) && ContentName.Of(await File.ReadAllBytesAsync(path, cancellation)) == name && ContentFiles.Refresh(path))
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
            throw new BlobException($"Blob {name} is not in the store.", e);
        }

        return ContentName.Of(bytes) == name
            ? bytes
            : throw new BlobException($"Blob {name} in the store is broken: its bytes do not match its hash.");
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

    public Task<ImmutableArray<string>> Refresh(ImmutableArray<string> names, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<string>>([.. names.Where(name => !IsThere(name) || !ContentFiles.Refresh(PathOf(name)))]);

    public Task<ImmutableArray<string>> UnusedFor(TimeSpan time, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<string>>([.. ContentFiles.UnusedFor(folder, time).Select(file => file.Name).Where(ContentName.Is)]);

    public Task<long> Collect(string name, TimeSpan time, CancellationToken cancellation)
    {
        var path = PathOf(name);
        var aside = $"{path}.{Guid.NewGuid():N}{Aside}";
        try
        {
            // Out of the way first: a writer that finds it would rely on it.
            File.Move(path, aside);
            if (ContentFiles.IsUnusedFor(new FileInfo(aside), time))
                return Task.FromResult(ContentFiles.Remove(new FileInfo(aside)));
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another silo was quicker.
        }

        return Task.FromResult(0L);
    }

    public Task<long> CollectUnfinished(TimeSpan time, CancellationToken cancellation)
    {
        // Left by a collector that was killed; whether they are needed is found out again.
        foreach (var aside in ContentFiles.UnusedFor(folder, _aMoment).Where(file => file.Name.EndsWith(Aside, StringComparison.Ordinal)))
            Restore(aside.FullName, PathOf(aside.Name.Split('.')[0]));
        return Task.FromResult(ContentFiles.CollectPartial(folder, time));
    }

    public IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation) =>
        ContentFiles.Verify(folder, "Blob", file => ContentName.Is(file.Name) ? file.Name : null, cancellation);

    private static void Restore(string aside, string path)
    {
        try
        {
            File.Move(aside, path, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another silo was quicker.
        }
    }

    /// <summary>Some file systems leave an empty file if the power fails during a write.</summary>
    private bool IsThere(string name)
    {
        var file = new FileInfo(PathOf(name));
        return file.Exists && (file.Length > 0 || name == ContentName.Of([]));
    }

    private string PathOf(string name) => Path.Combine(folder, ContentName.Check(name)[..2], name);
}
