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
