using System.Globalization;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Storage;

/// <summary>Checkpoints as files of a folder, `ab/abcdef…/fence/epoch-batch`. Several silos may share it.</summary>
/// <param name="folder">Made where it is missing.</param>
public sealed class FolderCheckpointStore(string folder) : ICheckpointStore
{
    public Task Put(string trial, Checkpoint checkpoint, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        WholeFile.Write(PathOf(trial, checkpoint), bytes, cancellation);

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
            throw new BlobException($"Checkpoint {path} is not there.", e);
        }

        return ContentName.Of(bytes) == checkpoint.Hash
            ? bytes
            : throw new BlobException($"Checkpoint {path} is broken: its bytes do not have its hash, {checkpoint.Hash}.");
    }

    public Task<long> Delete(string trial, long upToFence, Checkpoint? except, CancellationToken cancellation)
    {
        var kept = except is null ? null : PathOf(trial, except);
        var freed = 0L;
        var home = new DirectoryInfo(FolderOf(trial));
        foreach (var fence in Folders(home).Where(fence => FenceOf(fence) <= upToFence))
        {
            foreach (var file in Files(fence).Where(file => !IsKept(file, kept)))
            {
                cancellation.ThrowIfCancellationRequested();
                freed += Remove(file);
            }

            RemoveIfEmpty(fence);
        }

        RemoveIfEmpty(home);
        return Task.FromResult(freed);
    }

    /// <summary>A writer of the checkpoint that stays may be at it for a second time.</summary>
    private static bool IsKept(FileInfo file, string? kept) =>
        kept is not null && (file.FullName == kept || file.FullName.StartsWith($"{kept}.", StringComparison.Ordinal));

    private static long FenceOf(DirectoryInfo folder) => long.Parse(folder.Name, CultureInfo.InvariantCulture);

    private static DirectoryInfo[] Folders(DirectoryInfo of) => of.Exists ? of.GetDirectories() : [];

    private static FileInfo[] Files(DirectoryInfo of) => of.Exists ? of.GetFiles() : [];

    /// <returns>The bytes that are free now; 0 where another was quicker.</returns>
    private static long Remove(FileInfo file)
    {
        try
        {
            var length = file.Length;
            file.Delete();
            return length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static void RemoveIfEmpty(DirectoryInfo folder)
    {
        try
        {
            if (folder.Exists && !folder.EnumerateFileSystemInfos().Any())
                folder.Delete();
        }
        catch (IOException)
        {
            // Somebody has just put something there, or was quicker.
        }
    }

    private string PathOf(string trial, Checkpoint checkpoint) => Path.Combine(
        FolderOf(trial),
        checkpoint.Fence.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Epoch}-{checkpoint.Batch}"));

    private string FolderOf(string trial) =>
        trial.Length == 32 && trial.All(char.IsAsciiHexDigitLower)
            ? Path.GetFullPath(Path.Combine(folder, trial[..2], trial))
            : throw new ArgumentException($"'{trial}' is no trial's id.", nameof(trial));
}
