using System.Collections.Concurrent;
using System.Diagnostics;

namespace Siamese.Bench.Verdict;

/// <summary>The result of a round of calls.</summary>
/// <param name="PerSecond">Verdicts per second, over all callers.</param>
/// <param name="Median">Median milliseconds per call.</param>
/// <param name="P99">Milliseconds within which 99 of 100 calls were answered; null for fewer than 100 calls.</param>
internal sealed record Load(double PerSecond, double Median, double? P99)
{
    /// <summary>Runs callers with one call in flight each. Calls in flight when the time is up are awaited and count.</summary>
    /// <param name="callers">Number of callers.</param>
    /// <param name="window">How long they make new calls.</param>
    /// <param name="call">Makes the call with the given number, and returns the number of verdicts.</param>
    public static async Task<Load> Measure(int callers, TimeSpan window, Func<int, Task<int>> call)
    {
        var (calls, verdicts, milliseconds) = (0, 0, new ConcurrentBag<double>());
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(Caller)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sorted = milliseconds.Order().ToArray();
        return new Load(verdicts / seconds, sorted[sorted.Length / 2], sorted.Length < 100 ? null : sorted[sorted.Length * 99 / 100]);

        async Task Caller()
        {
            while (Stopwatch.GetElapsedTime(start) < window)
            {
                var called = Stopwatch.GetTimestamp();
                var answered = await call(Interlocked.Increment(ref calls));
                milliseconds.Add(Stopwatch.GetElapsedTime(called).TotalMilliseconds);
                Interlocked.Add(ref verdicts, answered);
            }
        }
    }
}
