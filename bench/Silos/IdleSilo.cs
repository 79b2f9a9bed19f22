using Microsoft.Extensions.Logging;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Grains.Workers;
using Siamese.Model.Training;

namespace Siamese.Bench.Silos;

/// <summary>
/// The product's silo without training: a trial completes at once, with an empty result. What remains is what a trial costs
/// apart from its training.
/// </summary>
internal static class IdleSilo
{
    /// <summary>First argument that turns this program into such a silo; the silo's own options follow.</summary>
    public const string Command = "idle-silo";

    public static Task<int> Run(string[] args) => StandIn.Run<TrialRunner, IdleRunner>(args);

    private sealed class IdleRunner(DataLibrary library, ICheckpointStore checkpoints, IBlobStore blobs, TimeProvider time, ILogger<TrialRunner> logger)
        : TrialRunner(library, checkpoints, blobs, time, logger)
    {
        public override Task<TrainingOutcome> Run(
            Lease lease, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken finish, CancellationToken cancellation) =>
            Task.FromResult(new TrainingOutcome(new TrialResult { Status = TrialStatus.Completed }, Weights: null, ValidationEmbeddings: null));
    }
}
