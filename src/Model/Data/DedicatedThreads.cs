using System.Runtime.ExceptionServices;

namespace Siamese.Model.Data;

/// <summary>
/// Does independent pieces of work on threads of its own. The thread pool is left alone: work on it would starve a
/// silo's calls.
/// </summary>
internal static class DedicatedThreads
{
    /// <summary>
    /// Does <paramref name="work"/> for 0 to <paramref name="count"/> - 1, on as many threads as there are processors.
    /// Where pieces fail, the failure of the lowest number is thrown, however the threads ran.
    /// </summary>
    public static void ForEach(int count, Action<int> work, CancellationToken cancellation)
    {
        var next = -1;
        var gate = new Lock();
        (int Index, Exception? Error) first = (count, null);
        var threads = new Thread[Math.Min(Environment.ProcessorCount, count)];
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
