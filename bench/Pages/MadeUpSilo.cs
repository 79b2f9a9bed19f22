using Microsoft.Extensions.Logging;
using Siamese.Bench.Silos;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Grains.Workers;
using Siamese.Model.Training;

namespace Siamese.Bench.Pages;

/// <summary>
/// The product's silo without training: a trial ends at once with a result that is made up from its hyperparameters and its seed,
/// like those of real trials in size and spread. It has no weights, so no ensemble is formed.
/// </summary>
internal static class MadeUpSilo
{
    /// <summary>First argument that turns this program into such a silo; the silo's own options follow.</summary>
    public const string Command = "made-up-silo";

    /// <summary>One in this many trials is unusable.</summary>
    private const int Unusable = 20;

    public static Task<int> Run(string[] args) => StandIn.Run<TrialRunner, MadeUpRunner>(args);

    private static TrialResult ResultOf(TrialSpec spec)
    {
        var h = spec.Hyperparameters;
        var random = new Random(HashCode.Combine(spec.Seed, (int)(h.LearningRate * 1e9), (int)((h.Margin ?? 0) * 1e9)));
        if (random.Next(Unusable) == 0)
            return new TrialResult { Status = TrialStatus.Unusable, Reason = "collapsed: made up", Seconds = random.NextDouble() };
        var eer = 0.01 + (0.02 * Math.Pow(Math.Log10(h.LearningRate) + 2.7, 2)) + (0.01 * Math.Abs((h.Margin ?? 1) - 1)) + (0.02 * random.NextDouble());
        EpochReport[] epochs = [.. Enumerable.Range(1, h.Epochs).Select(epoch => new EpochReport(epoch, h.Epochs, 1.0 / epoch, Math.Min(0.5, eer + (0.4 / (epoch * epoch))), epoch * 0.7, 1.2))];
        return new TrialResult
        {
            Status = TrialStatus.Completed,
            Validation = new PairMetrics(10_000, epochs[^1].ValidationEer, 1, 1 - eer, 1 - eer, 0.9, 0.8),
            Epochs = [.. epochs],
            Seconds = epochs[^1].Seconds * (0.5 + random.NextDouble()),
            Positives = 5000,
            Negatives = 5000,
            MachineKind = "made up",
            KeptEpoch = h.Epochs,
        };
    }

    private sealed class MadeUpRunner(DataLibrary library, ICheckpointStore checkpoints, IBlobStore blobs, TimeProvider time, ILogger<TrialRunner> logger)
        : TrialRunner(library, checkpoints, blobs, time, logger)
    {
        public override Task<TrainingOutcome> Run(
            Lease lease, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken finish, CancellationToken cancellation) =>
            Task.FromResult(new TrainingOutcome(ResultOf(lease.Spec), Weights: null, ValidationEmbeddings: null));
    }
}
