using System.Runtime.CompilerServices;

namespace Siamese.Grains.Storage;

/// <summary>Files that have the hash of their bytes in their name.</summary>
internal static class ContentFiles
{
    /// <param name="folder">The folder to search, recursively; need not exist.</param>
    /// <param name="what">The word for such a file in messages.</param>
    /// <param name="hashOf">The hash in a file's name; null for a file that is still being written.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async IAsyncEnumerable<StoredContent> Verify(
        string folder, string what, Func<FileInfo, string?> hashOf, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var home = new DirectoryInfo(folder);
        foreach (var file in home.Exists ? home.EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            if (hashOf(file) is { } hash && await Verify(file, what, hash, cancellation) is { } content)
                yield return content;
        }
    }

    /// <summary>The files that were neither written nor refreshed for some time.</summary>
    /// <param name="folder">The folder to search, recursively; need not exist.</param>
    /// <param name="time">How long.</param>
    public static List<FileInfo> UnusedFor(string folder, TimeSpan time)
    {
        var home = new DirectoryInfo(folder);
        return home.Exists ? [.. home.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => IsUnusedFor(file, time))] : [];
    }

    /// <summary>False for a file that does not exist.</summary>
    public static bool IsUnusedFor(FileInfo file, TimeSpan time) =>
        file.Exists && file.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - time;

    /// <summary>Notes that a file is used; false if it cannot be noted because it is gone or belongs to another user.</summary>
    public static bool Refresh(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the files that interrupted writes left behind, and returns the bytes freed.</summary>
    public static long CollectPartial(string folder, TimeSpan time) =>
        UnusedFor(folder, time).Where(file => file.Name.EndsWith(WholeFile.Partial, StringComparison.Ordinal)).Sum(Remove);

    /// <returns>The bytes freed; 0 if another process was quicker.</returns>
    public static long Remove(FileInfo file)
    {
        try
        {
            var length = file.Length;
            file.Delete();
            return length;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static async Task<StoredContent?> Verify(FileInfo file, string what, string hash, CancellationToken cancellation)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName, cancellation);
            return new StoredContent(hash, bytes.Length, ContentName.Of(bytes) == hash ? null : $"{what} {file.FullName} is broken: its bytes do not match its hash.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StoredContent(hash, 0, $"{what} {file.FullName} cannot be read: {e.Message}");
        }
    }
}
