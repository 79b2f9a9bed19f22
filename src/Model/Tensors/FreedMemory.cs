using System.Runtime.InteropServices;

namespace Siamese.Model.Tensors;

/// <summary>
/// What becomes of the memory that tensors free. Does nothing where the C library is not GNU's.
/// </summary>
public static partial class FreedMemory
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD

    /// <summary>
    /// Has the C library keep it for the next ones, up to 64 MB for each thread that computes. By itself it gives every
    /// tensor above 128 KB back to the system, and a batch's are new pages each time: training `conv` then spends a tenth
    /// of its time on page faults, and trials side by side wait for each other there. For a process that trains.
    /// </summary>
    public static void Keep()
    {
        IfGnu(() =>
        {
            _ = SetOption(MapThreshold, 32 << 20);
            _ = SetOption(TrimThreshold, 64 << 20);
        });
    }

    /// <summary>
    /// Gives back what is kept. Called when a trial's training or the forming of an ensemble has ended: the next may be on a
    /// thread that the C library gives another heap, and in the end each of a dozen would keep its 64 MB. It goes through
    /// every heap of the process: trials that still train lose their free pages too and fault them in again, so it is not
    /// for short work.
    /// </summary>
    public static void GiveBack() => IfGnu(() => _ = Trim(0));

    private static void IfGnu(Action call)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            call();
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
