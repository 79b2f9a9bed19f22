using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;
using static TorchSharp.torch;

namespace Siamese.Model.Training.Batches;

/// <summary>Batches of images. All pairs or triplets in a batch count, and each image is embedded once.</summary>
internal sealed class EveryPairOfABatch(DataSplit shard, Hyperparameters hyperparameters, Loss loss, TrialRandom random) : IBatchSource
{
    private readonly ClassBatches _batches = new(shard.Images, hyperparameters.BatchSize, hyperparameters.Steps ?? 0);

    public int Count => _batches.Count;

    public IEnumerable<TrainingBatch> Epoch(int epoch) => _batches.Deal(random.ForEpoch(epoch)).Select(ToBatch);

    private TrainingBatch ToBatch(int[] images)
    {
        var labels = Array.ConvertAll(images, image => (long)shard.Images.Labels[image]);
        var positives = labels.CountBy(label => label).Sum(c => (long)c.Value * (c.Value - 1) / 2);
        var pairs = (long)images.Length * (images.Length - 1) / 2;
        return new TrainingBatch(images, embeddings => loss.OverBatch(embeddings, tensor(labels)), positives, pairs - positives);
    }
}
