using Siamese.Bench.Reports;
using Siamese.Bench.Silos;
using Siamese.Bench.Sweep;
using Siamese.Contracts.Tuning;

namespace Siamese.Bench.Memory;

/// <summary>
/// Resident memory of a silo that trains two trials of the default recipe at a time on `mnist-mini`, over 200 of them.
/// One epoch each is enough: a trial allocates all of its memory in its first epoch, and releases it or not at its end.
/// </summary>
internal static class MemoryBench
{
    private const int Slots = 2;

    /// <summary>Trials before anything is measured, to compile code and to load data and libtorch.</summary>
    private const int WarmUp = 20;

    /// <summary>Number of trials at either end whose memory is compared.</summary>
    private const int Ends = 20;

    private const int Trials = 200;
    private static readonly TimeSpan _sampleEvery = TimeSpan.FromMilliseconds(100);

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var (warmUp, ends, trials) = options.Size((WarmUp, Ends, Trials), smoke: (1, 1, 2));
        Console.Error.WriteLine($"memory: {trials} trials");
        var space = options.SpaceOf(epochs: 1);
        await using var silo = await BenchSilo.Start(Slots);
        var all = await During(silo, space, firstSeed: 1, warmUp);
        var first = await During(silo, space, 1000, ends);
        all.AddRange(await During(silo, space, 2000, trials - (2 * ends)));
        var last = await During(silo, space, 3000, ends);
        all.AddRange([.. first, .. last]);

        // The maximum, including forming an ensemble and measuring it on test images.
        yield return new Figure("memory.silo_mb", all.Max(), "MB", all.Min(), all.Max());
        var (before, after) = (Figure.Of("", "MB", first), Figure.Of("", "MB", last));
        yield return Figure.Of("memory.growth", "ratio", [(after.Value / before.Value) - 1]);
    }

    /// <summary>Resident MB, sampled while a sweep of this many trials runs.</summary>
    private static async Task<List<double>> During(BenchSilo silo, SearchSpace space, int firstSeed, int trials)
    {
        var samples = new List<double>();
        if (trials == 0)
            return samples;
        var sweep = TimedSweep.Run(silo.Grains, $"memory-{firstSeed}", space, Enumerable.Range(firstSeed, trials));
        while (!sweep.IsCompleted)
        {
            samples.Add(silo.ResidentMb);
            await Task.WhenAny(sweep, Task.Delay(_sampleEvery));
        }

        await sweep;
        return samples;
    }
}
