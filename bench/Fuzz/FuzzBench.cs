using System.Diagnostics;
using Siamese.Bench.Reports;
using Siamese.Contracts;

namespace Siamese.Bench.Fuzz;

/// <summary>
/// Mutated files through the readers of images, IDX files and lists. Each must be read or refused with a sentence: an
/// exception of another kind fails the part, and so does a file that takes longer than a second. The seed is fixed, so a
/// failure is found again; the file that caused it is kept.
/// </summary>
internal static class FuzzBench
{
    private const int Files = 200_000;
    private const int Seed = 1;
    private const double Megabyte = 1 << 20;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    /// <summary>A reader that does not come back at all.</summary>
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">A reader failed on a file; the message says how, and where the file is.</exception>
    public static IEnumerable<Figure> Run(BenchOptions options) =>
        Run(Specimens.All(), options.Size(Files, smoke: 2 * Specimens.All().Count), Timeout.InfiniteTimeSpan);

    /// <param name="kinds">What is mutated.</param>
    /// <param name="files">Number of mutated files, over all kinds.</param>
    /// <param name="length">The part ends after about this time.</param>
    /// <inheritdoc cref="Run(BenchOptions)"/>
    public static IEnumerable<Figure> Run(IReadOnlyList<Specimen> kinds, int files, TimeSpan length)
    {
        var each = Math.Max(1, files / kinds.Count);
        foreach (var kind in kinds)
        {
            using var over = new CancellationTokenSource(length == Timeout.InfiniteTimeSpan ? length : length / kinds.Count);
            Console.Error.WriteLine($"fuzz: {each} mutated {kind.Name} files");
            var (read, refused, slowest, problems) = (0, 0, TimeSpan.Zero, new List<string>());
            var gate = new Lock();
            var running = new (int Number, long Start)[Environment.ProcessorCount];
            var threads = Enumerable.Range(0, running.Length).Select(worker => new Thread(() =>
            {
                for (var i = worker; i < each && !over.IsCancellationRequested; i += running.Length)
                {
                    running[worker] = (i, Stopwatch.GetTimestamp());
                    var outcome = Read(kind, i);
                    lock (gate)
                    {
                        read++;
                        refused += outcome.IsRefused ? 1 : 0;
                        slowest = outcome.Time > slowest ? outcome.Time : slowest;
                        if (outcome.Problem is { } problem)
                            problems.Add(problem);
                    }
                }
            })
            { IsBackground = true }).ToArray();
            foreach (var thread in threads)
                thread.Start();
            foreach (var (worker, thread) in threads.Index())
            {
                while (!thread.Join(TimeSpan.FromSeconds(1)))
                {
                    var (number, start) = running[worker];
                    if (Stopwatch.GetElapsedTime(start) > _hang)
                        throw new InvalidOperationException($"{kind.Name} file {number} is read for more than {_hang}: {Keep(kind, Mutation.Of(kind.Files, Seed, number))}");
                }
            }

            if (problems.Count > 0)
                throw new InvalidOperationException($"{problems.Count} mutated {kind.Name} files failed:\n{string.Join('\n', problems.Take(10))}");
            yield return Figure.Of($"fuzz.{kind.Name}.files", "files", [read]);
            yield return Figure.Of($"fuzz.{kind.Name}.refused", "share", [(double)refused / Math.Max(1, read)]);
            yield return new Figure($"fuzz.{kind.Name}.slowest_ms", slowest.TotalMilliseconds, "ms", slowest.TotalMilliseconds, slowest.TotalMilliseconds);
        }

        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64 / Megabyte;
        yield return new Figure("fuzz.peak_mb", peak, "MB", peak, peak);
    }

    private static (bool IsRefused, TimeSpan Time, string? Problem) Read(Specimen kind, int number, bool isAgain = false)
    {
        var file = Mutation.Of(kind.Files, Seed, number);
        var start = Stopwatch.GetTimestamp();
        var (isRefused, problem) = (false, (string?)null);
        try
        {
            kind.Read(file);
        }
        // What arrives over the network is refused by the grain that reads it, which names the cause.
        catch (Exception refusal) when (refusal is BadInputException || (kind.IsWire && refusal is InvalidDataException))
        {
            isRefused = true;
            if (refusal.Message.Length == 0 || refusal.Message[^1] is not ('.' or '?'))
                problem = $"'{refusal.Message}' is not a sentence";
        }
        catch (Exception e)
        {
            problem = $"{e.GetType().Name}: {e.Message}";
        }

        var time = Stopwatch.GetElapsedTime(start);
        // The machine may have paused; a file that is slow is slow twice.
        if (time > _longest && !isAgain)
            return Read(kind, number, isAgain: true);
        problem ??= time > _longest ? $"it took {time.TotalSeconds:0.0} s" : null;
        return (isRefused, time, problem is null ? null : $"{kind.Name} file {number}: {problem}; kept as {Keep(kind, file)}");
    }

    private static string Keep(Specimen kind, byte[] file)
    {
        var path = Path.Combine(Path.GetTempPath(), $"siamese-fuzz-{Guid.NewGuid():N}.{kind.Name}");
        File.WriteAllBytes(path, file);
        return path;
    }
}
