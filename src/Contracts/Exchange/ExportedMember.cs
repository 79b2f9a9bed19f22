using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Exchange;

/// <summary>A member of an exported ensemble: what was trained, and where its weights are.</summary>
/// <param name="Trial">The trial's id: the hash of what it was trained with and, if it was finished early, of the epoch.</param>
/// <param name="Hyperparameters">Encoder, distance, width and everything else that was chosen.</param>
/// <param name="DataFingerprint">Content hash of the data.</param>
/// <param name="Shard">Which shard of the training images, from 0.</param>
/// <param name="Shards">Number of shards.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="CodeVersion">Content hash of the training code.</param>
/// <param name="Input">The images that its encoder takes.</param>
/// <param name="Weights">Path of its weights, a safetensors file under PyTorch's names.</param>
/// <param name="ValidationEer">Its equal error rate on validation pairs.</param>
/// <param name="EndsAfter">The epoch after which it was finished early; null if it was trained to its end.</param>
public sealed record ExportedMember(
    string Trial, Hyperparameters Hyperparameters, string DataFingerprint, int Shard, int Shards, int Seed, string CodeVersion,
    ExportedInput Input, string Weights, double ValidationEer, int? EndsAfter = null)
{
    public TrialSpec ToSpec() => new()
    {
        Hyperparameters = Hyperparameters,
        DataFingerprint = DataFingerprint,
        Shard = Shard,
        Shards = Shards,
        Seed = Seed,
        CodeVersion = CodeVersion,
        EndsAfter = EndsAfter,
    };
}
