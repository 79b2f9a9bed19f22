using Siamese.Bench.Reports;
using Siamese.Bench.Silos;
using Siamese.Contracts.Tuning;

namespace Siamese.Bench.Sweep;

/// <summary>
/// What a trial costs apart from its training: sweeps of trials that train nothing, on two slots and SQLite, followed by a
/// client. A round starts a new silo for each size and runs a small sweep first, so that neither size pays for compiling
/// code.
/// </summary>
internal static class EmptyTrials
{
    private const int Rounds = 3;
    private const int Slots = 2;
    private const int WarmUp = 500;
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(10); // The smaller sweep takes half a second.
    private static readonly (int Trials, string Name)[] _sizes = [(1000, "1k"), (10_000, "10k")];

    /// <summary>The result of one round for one size.</summary>
    private sealed record Measured(double PerSecond, double ResidentMb, double StoreMb);

    public static async Task<(Figure[] Figures, double PerSecond)> Measure(BenchOptions options)
    {
        var count = options.Size(Rounds, smoke: 1);
        var rounds = Array.ConvertAll(_sizes, _ => new Measured[count]);
        for (var round = 0; round < count; round++)
        {
            for (var size = 0; size < _sizes.Length; size++)
            {
                var trials = options.Size(_sizes[size].Trials, smoke: _sizes[size].Trials / 100);
                Console.Error.WriteLine($"sweep: {trials} empty trials");
                rounds[size][round] = await Once(trials, options.Size(WarmUp, smoke: 10));
            }
        }

        var (thousand, tenThousand) = (Rates(rounds[0]), Rates(rounds[1]));
        var rate = Figure.Of("sweep.empty_per_second", "trials/s", thousand);
        Figure[] figures =
        [
            rate,
            Figure.Of("sweep.empty_per_second.10k", "trials/s", tenThousand),
            Figure.Ratio("sweep.empty_10k_vs_1k", tenThousand, thousand),
            .. _sizes.Zip(rounds, (size, of) => Figure.Of($"sweep.silo_mb.{size.Name}", "MB", of.Select(m => m.ResidentMb))),
            .. _sizes.Zip(rounds, (size, of) => Figure.Of($"sweep.store_mb.{size.Name}", "MB", of.Select(m => m.StoreMb))),
        ];
        return (figures, rate.Value);
    }

    private static double[] Rates(Measured[] rounds) => Array.ConvertAll(rounds, measured => measured.PerSecond);

    private static async Task<Measured> Once(int trials, int warmUp)
    {
        await using var silo = await BenchSilo.StartIdle(Slots);
        await TimedSweep.Run(silo.Grains, "warm-up", new SearchSpace(), Enumerable.Range(1_000_000, warmUp));
        var stored = silo.StoreMb;
        var sweep = await TimedSweep.Run(silo.Grains, "sweep", new SearchSpace(), Enumerable.Range(1, trials), _lookEvery);
        return new Measured(trials / sweep.TrainingSeconds, silo.ResidentMb, silo.StoreMb - stored);
    }
}
