using Siamese.Bench.Reports;
using Siamese.Model.Data.Splits;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>The gain from a second core: two trials on two threads against one trial alone.</summary>
internal static class TwoTrials
{
    private const int Rounds = 7;
    private const int BatchSize = 64;
    private const int Batches = 40;

    public static Figure Measure(BenchOptions options, DataSplit training)
    {
        var (rounds, batches) = options.Size((Rounds, Batches), smoke: (1, 2));
        Console.Error.WriteLine("train: two trials side by side");
        using var first = new OurTraining(training, BatchSize, batches, seed: 1);
        using var second = new OurTraining(training, BatchSize, batches, seed: 2);
        var rates = Alternation.Rates(rounds, () => Rate(batches, first), () => Rate(batches, first, second));
        return Figure.Ratio("train.two_vs_one", rates[1], rates[0]);
    }

    private static double Rate(int batches, params OurTraining[] trials) => Alternation.Rate(trials.Length * batches * BatchSize, () =>
    {
        var threads = Array.ConvertAll(trials, trial => new Thread(() => Epoch(trial)));
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    });

    private static void Epoch(OurTraining trial)
    {
        set_num_threads(1); // Applies to this thread.
        trial.RunEpoch();
    }
}
