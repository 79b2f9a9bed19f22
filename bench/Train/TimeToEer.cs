using System.Diagnostics;
using Siamese.Bench.Reports;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;
using Siamese.Model.Data;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation;
using Siamese.Model.Sampling;
using Siamese.Model.Training;

namespace Siamese.Bench.Train;

/// <summary>Seconds of one core until the validation EER is down to a target, validation after every epoch included.</summary>
internal static class TimeToEer
{
    private const double DefaultTarget = 0.05;
    private const int GivenUpAfter = 300; // seconds
    private static readonly int[] _seeds = [1, 2, 3];

    /// <param name="data">`mnist-mini`.</param>
    /// <param name="target">The EER; null is 5 %, without the naive port.</param>
    public static IEnumerable<Figure> Measure(DataSet data, double? target)
    {
        Console.Error.WriteLine("train: default recipe to its validation EER");
        yield return Figure.Of("train.to_eer_s", "s", _seeds.Select(seed => Ours(data, seed, target ?? DefaultTarget)));
        if (target is null)
            yield break;
        Console.Error.WriteLine($"train: naive port to the same EER, given up after {GivenUpAfter} s");
        var (reached, seconds) = Naive(data, target.Value);
        yield return new Figure("train.naive_to_eer_s", seconds, reached ? "s" : "s, given up: it takes longer", seconds, seconds);
    }

    private static double Ours(DataSet data, int seed, double target)
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
        var seconds = double.PositiveInfinity;
        try
        {
            new Trainer(spec, data, TimeProvider.System).Train(Report, reached.Token);
        }
        catch (OperationCanceledException) when (reached.IsCancellationRequested)
        {
            // It got there before its last epoch.
        }

        return seconds;

        void Report(EpochReport report)
        {
            if (report.ValidationEer > target || double.IsFinite(seconds))
                return;
            seconds = report.Seconds;
            reached.Cancel();
        }
    }

    /// <summary>8,000 balanced pairs an epoch in batches of 64, as the article has it.</summary>
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
