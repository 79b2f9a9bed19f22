using System.Runtime.InteropServices;

namespace Siamese.Model.Tensors;

/// <summary>
/// Controls what happens to the memory that tensors free. Does nothing unless the C library is GNU's.
/// </summary>
public static partial class FreedMemory
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD
    private const int HeapsAtMost = -8; // M_ARENA_MAX

    private const int KeptAtMost = 64 << 20;

    /// <summary>Bytes, safely above the 64 KiB from which freeing trims the end of the heap.</summary>
    private const int LargeEnoughToTrim = 128 << 10;

    /// <summary>Heaps in addition to those of computing threads.</summary>
    private const int OtherHeaps = 2;

    /// <summary>
    /// Makes the C library keep freed memory for the next tensors, up to 64 MB per computing thread. By default it returns every
    /// tensor above 128 KB to the system, so each batch faults in new pages: training `conv` then spends a tenth of its time on
    /// page faults, and concurrent trials wait for each other there. Call it in a process that trains.
    /// </summary>
    public static void Keep()
    {
        IfGnu(() =>
        {
            _ = SetOption(MapThreshold, 32 << 20);
            _ = SetOption(TrimThreshold, KeptAtMost);
            // By default there are up to eight heaps per core, and short-lived threads leave 64 MB in each of them: in half an
            // hour a silo on two cores grew from 390 to 760 MB, and most of the heaps was free. Heaps that the runtime's first
            // threads have already created stay.
            _ = SetOption(HeapsAtMost, Environment.ProcessorCount + OtherHeaps);
        });
    }

    /// <summary>
    /// Returns the kept memory to the system. Call it on a thread that ends after long work, such as training a trial: the next
    /// thread may get another heap, and eventually each of a dozen heaps would keep 64 MB. It trims every heap of the process:
    /// trials that are still training lose their free pages too and fault them in again, so do not call it after short work.
    /// </summary>
    public static void GiveBack() => IfGnu(() =>
    {
        TrimTop();
        _ = Trim(0);
    });

    /// <summary>
    /// Trimming does not touch the end of any heap except the first, and most of a trial's memory is there. A heap releases its
    /// end when something there is freed and more than the threshold is free.
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
