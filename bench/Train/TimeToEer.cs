using System.Diagnostics;
using System.Globalization;
using Siamese.Bench.Reports;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Sampling;
using Siamese.Model.Training;

namespace Siamese.Bench.Train;

/// <summary>Seconds on one core until the validation EER falls to a target, including validation after every epoch.</summary>
internal static class TimeToEer
{
    private const double Target = 0.05;

    /// <summary>Target of the shortest form; the first epoch reaches it.</summary>
    private const double EasyTarget = 0.25;

    private const int GivenUpAfter = 300; // seconds
    private static readonly int[] _seeds = [1, 2, 3];

    /// <param name="options">The EER that the naive port races to is among them; ours does too if it is not 5 %.</param>
    /// <param name="data">`mnist-mini`.</param>
    public static IEnumerable<Figure> Measure(BenchOptions options, DataSet data)
    {
        var seeds = _seeds[..options.Size(_seeds.Length, smoke: 1)];
        yield return Ours(data, seeds, "train.to_eer_s", options.Size(Target, smoke: EasyTarget));
        if (options.ToEer is not { } target)
            yield break;
        if (target != Target)
            yield return Ours(data, seeds, string.Create(CultureInfo.InvariantCulture, $"train.to_eer_s.at_{target}"), target);
        Console.Error.WriteLine($"train: naive port to the same EER, stopped after {GivenUpAfter} s");
        var (reached, seconds) = Naive(data, target);
        yield return new Figure("train.naive_to_eer_s", seconds, reached ? "s" : "s, stopped: EER not reached", seconds, seconds);
    }

    private static Figure Ours(DataSet data, int[] seeds, string name, double target)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"train: default recipe to a validation EER of {target}"));
        var rounds = Array.ConvertAll(seeds, seed => Ours(data, seed, target));
        return Figure.Of(name, rounds.All(round => round.Reached) ? "s" : "s, not reached", rounds.Select(round => round.Seconds));
    }

    /// <summary>Seconds until the target, or of the whole training if it was not reached.</summary>
    private static (bool Reached, double Seconds) Ours(DataSet data, int seed, double target)
    {
        var spec = new TrialSpec
        {
            Hyperparameters = new Hyperparameters(),
            DataFingerprint = data.Fingerprint,
            Shard = 0,
            Shards = 1,
            Seed = seed,
            CodeVersion = CodeVersion.Current,
        };
        using var reached = new CancellationTokenSource();
        var seconds = 0.0;
        try
        {
            new Trainer(spec, data, TimeProvider.System).Train(Report, from: null, checkpoints: null, reached.Token);
        }
        catch (OperationCanceledException) when (reached.IsCancellationRequested)
        {
            // It reached the target before its last epoch.
        }

        return (reached.IsCancellationRequested, seconds);

        void Report(EpochReport report)
        {
            if (reached.IsCancellationRequested)
                return;
            seconds = report.Seconds;
            if (report.ValidationEer <= target)
                reached.Cancel();
        }
    }

    /// <summary>8,000 balanced pairs per epoch in batches of 64, as in the article.</summary>
    private static (bool Reached, double Seconds) Naive(DataSet data, double target)
    {
        var start = Stopwatch.GetTimestamp();
        using var training = new NaiveTraining(data.Training.Images, PairList.Draw(data.Training, 8000, 0.5, new Random(1)), batchSize: 64);
        var validation = EvaluationPairs.Of(data.Validation);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < GivenUpAfter)
        {
            training.RunEpoch();
            var distances = PairDistances.Measure(training.Embed(data.Validation.Images), 2, validation, Distance.Get("euclidean"));
            if (RocCurve.Of(distances, validation).EqualErrorRate <= target)
                return (true, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (false, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
