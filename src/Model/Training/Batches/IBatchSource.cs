using Siamese.Contracts.Evaluations;
using Siamese.Model.Losses;
using static TorchSharp.torch;

namespace Siamese.Model.Training.Batches;

/// <summary>The source of a trial's batches. An epoch always returns the same batches.</summary>
internal interface IBatchSource
{
    /// <summary>Batches in an epoch.</summary>
    int Count { get; }

    /// <summary>The batches of an epoch, from 1.</summary>
    IEnumerable<TrainingBatch> Epoch(int epoch);
}

/// <summary>One step of training.</summary>
/// <param name="Images">The images to embed, by index in the shard.</param>
/// <param name="Loss">The loss of their embeddings: (B, D) to a scalar.</param>
/// <param name="Positives">*Same* pairs in the batch.</param>
/// <param name="Negatives">*Different* pairs in the batch.</param>
internal sealed record TrainingBatch(int[] Images, Func<Tensor, Tensor> Loss, long Positives, long Negatives);
