using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Training.Batches;

/// <summary>Batches of images. All pairs or triplets in a batch count, and each image is embedded once.</summary>
internal sealed class EveryPairOfABatch(DataSplit shard, Hyperparameters hyperparameters, Loss loss, TrialRandom random) : IBatchSource
{
    private readonly ClassBatches _batches = new(shard.Images, hyperparameters.BatchSize, hyperparameters.Steps ?? 0, shard.Forged);

    public int Count => _batches.Count;

    public IEnumerable<TrainingBatch> Epoch(int epoch) => _batches.Deal(random.ForEpoch(epoch)).Select(ToBatch);

    private TrainingBatch ToBatch(int[] images)
    {
        var labels = Array.ConvertAll(images, image => (long)shard.Images.Labels[image]);
        var forged = shard.Forged is { } isForged ? Array.ConvertAll(images, image => isForged[image]) : null;
        var positives = labels.Where((_, i) => forged?[i] is not true).CountBy(label => label).Sum(ofClass => Pairs(ofClass.Value));
        var known = Pairs(images.Length) - Pairs(forged?.Count(its => its) ?? 0);
        return new TrainingBatch(images, Loss, positives, known - positives);

        Tensor Loss(Tensor embeddings) => forged is null
            ? loss.OverBatch(embeddings, tensor(labels))
            : loss.OverBatch(embeddings, PairMasks.Of(tensor(labels), tensor(forged)));
    }

    private static long Pairs(long images) => images * (images - 1) / 2;
}
