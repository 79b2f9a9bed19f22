using System.Collections.Concurrent;
using System.Diagnostics;

namespace Siamese.Bench.Verdict;

/// <summary>What a round of calls came to.</summary>
/// <param name="PerSecond">Verdicts a second, of all callers together.</param>
/// <param name="Median">Milliseconds of the middle call.</param>
/// <param name="P99">Milliseconds within which 99 of 100 calls were answered; null where there were fewer.</param>
internal sealed record Load(double PerSecond, double Median, double? P99)
{
    /// <summary>So many callers for so long, each with one call in flight; what is in flight at the end is waited for, and counts.</summary>
    /// <param name="callers">How many.</param>
    /// <param name="window">For how long they make new calls.</param>
    /// <param name="call">Makes the call of that number and returns how many verdicts came back.</param>
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
