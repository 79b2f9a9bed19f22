using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Training;

namespace Siamese.Bench;

/// <summary>Trains trials in the benchmark's own process, without a silo.</summary>
internal static class Trained
{
    /// <summary>Trains one trial on the calling thread, with all training images, from random weights or those of a donor.</summary>
    public static (TrialSpec Spec, TrainingOutcome Outcome) Train(Hyperparameters point, DataSet data, int seed, byte[]? donor = null)
    {
        var spec = new TrialSpec { Hyperparameters = point, DataFingerprint = data.Fingerprint, Shard = 0, Shards = 1, Seed = seed, CodeVersion = CodeVersion.Current };
        return (spec, new Trainer(spec, data, TimeProvider.System, donor).Train(_ => { }, from: null, checkpoints: null, CancellationToken.None));
    }
}
