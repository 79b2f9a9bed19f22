using System.Collections.Immutable;
using System.Globalization;

namespace Siamese.Grains.Storage;

/// <summary>
/// Stores checkpoints as files in a folder, `ab/abcdef…/fence/epoch-batch.hash`. Several silos may share it. The hash is in the
/// name so that a file can be checked without asking its grain.
/// </summary>
/// <param name="folder">Created if it is missing.</param>
public sealed class FolderCheckpointStore(string folder) : ICheckpointStore, IMaintained
{
    public async Task Put(string trial, Checkpoint checkpoint, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var path = PathOf(trial, checkpoint);
        await WholeFile.Write(path, bytes, cancellation);
        foreach (var replaced in Directory.GetFiles(Path.GetDirectoryName(path)!, $"{PlaceOf(checkpoint)}.*"))
        {
            if (HashOf(replaced) is not null && replaced != path)
                File.Delete(replaced);
        }
    }

    public async Task<byte[]> Get(string trial, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var path = PathOf(trial, checkpoint);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobException($"Checkpoint {path} does not exist.", e);
        }

        return ContentName.Of(bytes) == checkpoint.Hash
            ? bytes
            : throw new BlobException($"Checkpoint {path} is broken: its bytes do not match its hash, {checkpoint.Hash}.");
    }

    public Task<long> Delete(string trial, long upToFence, Checkpoint? except, CancellationToken cancellation)
    {
        var kept = except is null ? null : PathOf(trial, except);
        return Task.FromResult(Delete(trial, (fence, file) => fence <= upToFence && !IsKept(file, kept), cancellation));
    }

    public Task<ImmutableArray<string>> UnusedFor(TimeSpan time, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<string>>([.. ContentFiles.UnusedFor(folder, time).Where(file => HashOf(file.Name) is not null)
            .Select(file => file.Directory!.Parent!.Name).Where(TrialName.Is).Distinct()]);

    public Task<long> Collect(string name, TimeSpan time, CancellationToken cancellation) =>
        Task.FromResult(Delete(name, (_, file) => ContentFiles.IsUnusedFor(file, time), cancellation));

    public Task<long> CollectUnfinished(TimeSpan time, CancellationToken cancellation) => Task.FromResult(ContentFiles.CollectPartial(folder, time));

    public IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation) =>
        ContentFiles.Verify(folder, "Checkpoint", file => HashOf(file.Name), cancellation);

    /// <summary>The hash in a file's name; null for a file that is still being written.</summary>
    private static string? HashOf(string path) => Path.GetExtension(path) is { Length: > 0 } end && ContentName.Is(end[1..]) ? end[1..] : null;

    /// <summary>The kept checkpoint and its partial files: a writer may be writing it for a second time.</summary>
    private static bool IsKept(FileInfo file, string? kept) =>
        kept is not null && (file.FullName == kept || file.FullName.StartsWith($"{kept}.", StringComparison.Ordinal));

    private static long FenceOf(DirectoryInfo folder) => long.Parse(folder.Name, CultureInfo.InvariantCulture);

    private static DirectoryInfo[] Folders(DirectoryInfo of) => of.Exists ? of.GetDirectories() : [];

    private static FileInfo[] Files(DirectoryInfo of) => of.Exists ? of.GetFiles() : [];

    private static void RemoveIfEmpty(DirectoryInfo folder)
    {
        try
        {
            if (folder.Exists && !folder.EnumerateFileSystemInfos().Any())
                folder.Delete();
        }
        catch (IOException)
        {
            // Another process has just written a file there, or was quicker.
        }
    }

    private long Delete(string trial, Func<long, FileInfo, bool> isUnneeded, CancellationToken cancellation)
    {
        var freed = 0L;
        var home = new DirectoryInfo(FolderOf(trial));
        foreach (var fence in Folders(home))
        {
            var number = FenceOf(fence);
            foreach (var file in Files(fence).Where(file => isUnneeded(number, file)))
            {
                cancellation.ThrowIfCancellationRequested();
                freed += ContentFiles.Remove(file);
            }

            RemoveIfEmpty(fence);
        }

        RemoveIfEmpty(home);
        return freed;
    }

    private string PathOf(string trial, Checkpoint checkpoint) => Path.Combine(
        FolderOf(trial),
        checkpoint.Fence.ToString(CultureInfo.InvariantCulture),
        $"{PlaceOf(checkpoint)}.{ContentName.Check(checkpoint.Hash)}");

    private static string PlaceOf(Checkpoint checkpoint) => string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Epoch}-{checkpoint.Batch}");

    private string FolderOf(string trial) => Path.GetFullPath(Path.Combine(folder, TrialName.Check(trial)[..2], trial));
}
