using System.Runtime.InteropServices;

namespace Siamese.Grains.Storage;

/// <summary>The names of a folder: a file that was renamed into it outlives a loss of power only once they are on the disk too.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Brings them to the disk. Does nothing where there are no such folders, as on Windows, whose renames are journalled.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            return;
        // Some file systems of a network refuse it: they have no such notion.
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
