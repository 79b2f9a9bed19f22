using Siamese.Bench.Reports;

namespace Siamese.Bench.Sweep;

/// <summary>The overhead of a sweep: how busy it keeps the slots, and what a trial that trains nothing costs.</summary>
internal static class SweepBench
{
    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        await foreach (var figure in Efficiency.Measure(options))
            yield return figure;
        var (figures, rate) = await EmptyTrials.Measure(options);
        foreach (var figure in figures)
            yield return figure;
        var optuna = options.Peer is { } folder ? PeerSweep.PerSecond(folder) : null;
        if (optuna is not { } theirs)
        {
            Console.Error.WriteLine("sweep: skipped Optuna; to include it, install python3-optuna and give --peer a folder with optuna_overhead.py");
            yield break;
        }

        yield return Figure.Of("sweep.optuna_per_second", "trials/s", [theirs]);
        yield return Figure.Of("sweep.vs_optuna", "ratio", [rate / theirs]);
    }
}
