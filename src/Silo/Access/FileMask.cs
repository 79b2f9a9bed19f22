using System.Runtime.InteropServices;

namespace Siamese.Silo.Access;

/// <summary>Which permissions new files of this process lack (umask(2)).</summary>
internal static partial class FileMask
{
    private const uint OfOthers = 0b000_111_111;

    /// <summary>From now on, only the user of this process can open the files that it creates: they contain other people's images, and secrets.</summary>
    public static void Close()
    {
        if (!OperatingSystem.IsWindows())
            _ = Set(OfOthers);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Set(uint mask);
}
