using System.Runtime.ExceptionServices;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// Runs independent pieces of work on its own threads. It does not use the thread pool, because work there would starve
/// a silo's calls.
/// </summary>
public static class DedicatedThreads
{
    /// <summary>
    /// Runs <paramref name="work"/> for 0 to <paramref name="count"/> - 1, on at most one thread per processor. If several
    /// pieces fail, it throws the exception of the lowest number, so the outcome does not depend on timing.
    /// </summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="work">Does one of them.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <param name="most">Maximum number of threads; 0 for one per processor.</param>
    public static void ForEach(int count, Action<int> work, CancellationToken cancellation, int most = 0)
    {
        var next = -1;
        var gate = new Lock();
        (int Index, Exception? Error) first = (count, null);
        var threads = new Thread[Math.Min(most > 0 ? most : Environment.ProcessorCount, count)];
        for (var t = 0; t < threads.Length; t++)
        {
            threads[t] = new Thread(Run) { IsBackground = true, Name = "reading images" };
            threads[t].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        if (first.Error is not null)
            ExceptionDispatchInfo.Throw(first.Error);

        void Run()
        {
            while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < Volatile.Read(ref first.Index))
            {
                try
                {
                    work(i);
                }
                catch (Exception error)
                {
                    lock (gate)
                    {
                        if (i < first.Index)
                            first = (i, error);
                    }
                }
            }
        }
    }
}
