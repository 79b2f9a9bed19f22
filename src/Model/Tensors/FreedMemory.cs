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

    private const int KeptAtMost = 64 << 20;

    /// <summary>Bytes from which freeing looks at the end of the heap (64 KiB), and some more.</summary>
    private const int LargeEnoughToTrim = 128 << 10;

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
            _ = SetOption(TrimThreshold, KeptAtMost);
            // By itself it makes up to eight heaps a core, and threads that come and go leave each of them its 64 MB: in half
            // an hour a silo on two cores went from 390 to 760 MB, and of what the heaps held most was free. Those that the
            // runtime's first threads have made already stay.
            _ = SetOption(HeapsAtMost, Environment.ProcessorCount + OtherHeaps);
        });
    }

    /// <summary>
    /// Gives back what is kept. Called on a thread that has done long work, such as a trial's training, and ends: the next
    /// may be given another heap, and in the end each of a dozen would keep its 64 MB. It goes through every heap of the
    /// process: trials that still train lose their free pages too and fault them in again, so it is not for short work.
    /// </summary>
    public static void GiveBack() => IfGnu(() =>
    {
        TrimTop();
        _ = Trim(0);
    });

    /// <summary>
    /// Trimming leaves the end of every heap but the first one as it is, and most of what a trial used is there. A heap
    /// gives that up when something at its end is freed and more than the threshold is free there.
    /// </summary>
    private static unsafe void TrimTop()
    {
        _ = SetOption(TrimThreshold, 0);
        NativeMemory.Free(NativeMemory.Alloc(LargeEnoughToTrim));
        _ = SetOption(TrimThreshold, KeptAtMost);
    }

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
