using Microsoft.Extensions.Logging;
using Siamese.Contracts.Training;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Training;
using Siamese.Model.Training;

namespace Siamese.Bench.Silos;

/// <summary>
/// The product's silo, but for its training: a trial ends at once, completed, with nothing in it. What is left is what a
/// trial costs beside its training.
/// </summary>
internal static class IdleSilo
{
    /// <summary>First word of a command line that makes this program such a silo; the silo's own options follow.</summary>
    public const string Command = "idle-silo";

    public static Task<int> Run(string[] args) => StandIn.Run<TrialRunner, IdleRunner>(args);

    private sealed class IdleRunner(DataLibrary library, ICheckpointStore checkpoints, TimeProvider time, ILogger<TrialRunner> logger)
        : TrialRunner(library, checkpoints, time, logger)
    {
        public override Task<TrainingOutcome> Run(
            Assignment assignment, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken cancellation) =>
            Task.FromResult(new TrainingOutcome(new TrialResult { Status = TrialStatus.Completed }, Weights: null, ValidationEmbeddings: null));
    }
}
