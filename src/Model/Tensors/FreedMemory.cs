using System.Runtime.InteropServices;

namespace Siamese.Model.Tensors;

/// <summary>
/// What becomes of the memory that tensors free. Does nothing where the C library is not GNU's.
/// </summary>
public static partial class FreedMemory
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD
    private const int HeapsAtMost = -8; // M_ARENA_MAX

    /// <summary>Heaps beside those of the threads that compute.</summary>
    private const int OtherHeaps = 2;

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
            // By itself it makes up to eight heaps a core, and threads that come and go leave each of them its 64 MB: in half
            // an hour a silo on two cores went from 390 to 760 MB, and of what the heaps held most was free. Those that the
            // runtime's first threads have made already stay.
            _ = SetOption(HeapsAtMost, Environment.ProcessorCount + OtherHeaps);
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
