using System.Runtime.InteropServices;

namespace Siamese.Grains.Storage;

/// <summary>Flushes a folder's entries: a file renamed into it survives a power loss only once the entries are on disk too.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Creates a folder that survives a power loss, with those above it that are missing.</summary>
    public static void Make(string folder)
    {
        if (Directory.Exists(folder))
            return;
        // Empty for a folder in the current one.
        var above = Path.GetDirectoryName(folder) is { Length: > 0 } named ? named : ".";
        Make(above);
        Directory.CreateDirectory(folder);
        Flush(above);
    }

    /// <summary>Flushes the entries to disk. Does nothing on Windows, whose renames are journalled.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            return;
        // Some network file systems do not support it.
        _ = Synchronize(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
