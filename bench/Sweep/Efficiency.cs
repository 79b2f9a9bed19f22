using Siamese.Bench.Reports;
using Siamese.Bench.Silos;

namespace Siamese.Bench.Sweep;

/// <summary>
/// How much of two slots a sweep uses. A round trains one trial alone, then a sweep of eight like it, in the same silo, all
/// with different seeds. The ideal is eight times the seconds of the single trial, as its result reports them (only
/// training and validation), divided by two slots. It is compared with the time that a client waits from the start of the
/// sweep until it learns that the last trial has ended. Part of the loss is that two trials slow each other down; the rest
/// is time in which the slots were not training.
/// </summary>
internal static class Efficiency
{
    private const int Rounds = 4;
    private const int Slots = 2;
    private const int Trials = 8;

    /// <summary>Fewer than in the default recipe.</summary>
    private const int Epochs = 8;

    public static async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        var (rounds, trials) = options.Size((Rounds, Trials), smoke: (1, 2));
        var space = options.SpaceOf(Epochs);
        Console.Error.WriteLine($"sweep: {trials} trials on {Slots} slots");
        await using var silo = await BenchSilo.Start(Slots);
        await TimedSweep.Run(silo.Grains, "warm-up", space, [1, 2]);
        var (alone, wall, trained, forming) = (new double[rounds], new double[rounds], new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            var seed = 100 * (round + 1);
            var one = await TimedSweep.Run(silo.Grains, $"alone-{round}", space, [seed]);
            var eight = await TimedSweep.Run(silo.Grains, $"eight-{round}", space, Enumerable.Range(seed + 1, trials));
            alone[round] = one.Trials[0].Result!.Seconds;
            (wall[round], forming[round]) = (eight.TrainingSeconds, eight.FormingSeconds);
            trained[round] = eight.Trials.Sum(trial => trial.Result!.Seconds);
        }

        yield return Figure.Of("sweep.alone_s", "s", alone);
        yield return Figure.Of("sweep.eight_s", "s", wall);
        yield return Figure.Ratio("sweep.efficiency", Array.ConvertAll(alone, seconds => seconds * trials / Slots), wall);
        yield return Figure.Ratio("sweep.slots_busy", trained, Array.ConvertAll(wall, seconds => seconds * Slots));
        yield return Figure.Of("sweep.forming_s", "s", forming);
    }
}
