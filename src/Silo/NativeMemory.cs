using System.Runtime.InteropServices;

namespace Siamese.Silo;

/// <summary>How libtorch's memory is had from the system.</summary>
internal static partial class NativeMemory
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD

    /// <summary>
    /// Has the C library keep what tensors free, up to 256 MB a thread, for the next ones. By itself it gives every tensor
    /// above 128 KB back to the system, and a batch's are new pages each time: training `conv` then spends a tenth of its
    /// time on page faults, and trials side by side wait for each other there. For a process that trains; to be called
    /// before it does. Does nothing where the C library is not GNU's.
    /// </summary>
    public static void KeepFreed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(MapThreshold, 32 << 20);
            _ = SetOption(TrimThreshold, 256 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
