using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;
using Siamese.Model.Losses;
using Siamese.Model.Sampling;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>A list of triplets, shuffled every epoch, cut into batches.</summary>
internal sealed class ListedTriplets(DataSplit shard, Hyperparameters hyperparameters, TripletLoss loss, TrialRandom random) : IBatchSource
{
    private readonly ImageTriplet[] _list = TripletList.Draw(shard, hyperparameters.Pairs!.Value, random.ForTrial());

    public int Count => (_list.Length + hyperparameters.BatchSize - 1) / hyperparameters.BatchSize;

    public IEnumerable<TrainingBatch> Epoch(int epoch)
    {
        var order = (ImageTriplet[])_list.Clone();
        random.ForEpoch(epoch).Shuffle(order);
        return order.Chunk(hyperparameters.BatchSize).Select(ToBatch);
    }

    private TrainingBatch ToBatch(ImageTriplet[] triplets)
    {
        var count = triplets.Length;
        int[] images = [.. triplets.Select(t => t.Anchor), .. triplets.Select(t => t.Positive), .. triplets.Select(t => t.Negative)];
        return new TrainingBatch(images, Loss, count, count);

        Tensor Loss(Tensor embeddings) => loss.OverTriplets(
            embeddings.slice(0, 0, count, 1), // (B, D)
            embeddings.slice(0, count, 2L * count, 1), // (B, D)
            embeddings.slice(0, 2L * count, 3L * count, 1)); // (B, D)
    }
}
