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
        if (shard.Forged is not { } isForged)
        {
            var ofClasses = PairsWithin(labels);
            return new TrainingBatch(images, embeddings => loss.OverBatch(embeddings, tensor(labels)), ofClasses, Pairs(images.Length) - ofClasses);
        }

        var forged = Array.ConvertAll(images, image => isForged[image]);
        var same = PairsWithin(labels.Where((_, i) => !forged[i]));
        var known = Pairs(images.Length) - Pairs(forged.Count(its => its));
        return new TrainingBatch(images, embeddings => loss.OverBatch(embeddings, PairMasks.Of(tensor(labels), tensor(forged))), same, known - same);
    }

    private static long PairsWithin(IEnumerable<long> labels) => labels.CountBy(label => label).Sum(ofClass => Pairs(ofClass.Value));

    private static long Pairs(long images) => images * (images - 1) / 2;
}
