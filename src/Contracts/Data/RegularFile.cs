using System.Text;

namespace Siamese.Contracts.Data;

/// <summary>Reads files that somebody else has named: they may be pipes or devices, which never end, or larger than they should be.</summary>
public static class RegularFile
{
    /// <summary>Length of a file, or of what a link leads to; 0 for a pipe or a device, which have none.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static long Length(string path)
    {
        var file = new FileInfo(path);
        // A link has the length of the path that is stored in it.
        return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="most">Maximum number of bytes.</param>
    /// <returns>The bytes that it has when it is opened: none for a pipe or a device, which are not opened; null if there are more than the maximum.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? Read(string path, long most)
    {
        var length = Length(path);
        if (length == 0)
            return [];
        if (length > most)
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[length];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == length ? bytes : bytes[..read];
    }

    /// <summary>Reads a whole file of UTF-8, with or without a byte order mark.</summary>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="path">Its path.</param>
    /// <param name="most">Maximum number of bytes.</param>
    /// <exception cref="BadInputException">It cannot be read, or is larger.</exception>
    public static string ReadText(string option, string path, long most)
    {
        try
        {
            var bytes = Read(path, most) ?? throw new BadInputException($"{option}: '{path}' is larger than {most} bytes, so it is something else.");
            return Encoding.UTF8.GetString(bytes).TrimStart('\ufeff');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{option}: '{path}' cannot be read: {e.Message}", e);
        }
    }
}
