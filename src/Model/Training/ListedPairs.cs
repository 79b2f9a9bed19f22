using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;
using Siamese.Model.Losses;
using Siamese.Model.Sampling;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>The article's way: a list of pairs, shuffled every epoch, cut into batches.</summary>
internal sealed class ListedPairs(DataSplit shard, Hyperparameters hyperparameters, PairLoss loss, TrialRandom random) : IBatchSource
{
    private readonly ImagePair[] _list = PairList.Draw(
        shard, hyperparameters.Pairs!.Value, hyperparameters.Balance!.Value, random.ForTrial());

    public int Count => (_list.Length + hyperparameters.BatchSize - 1) / hyperparameters.BatchSize;

    public IEnumerable<TrainingBatch> Epoch(int epoch)
    {
        var order = (ImagePair[])_list.Clone();
        random.ForEpoch(epoch).Shuffle(order);
        return order.Chunk(hyperparameters.BatchSize).Select(ToBatch);
    }

    private TrainingBatch ToBatch(ImagePair[] pairs)
    {
        int[] images = [.. pairs.Select(pair => pair.First), .. pairs.Select(pair => pair.Second)];
        var different = Array.ConvertAll(pairs, pair => pair.Relation == Relation.Different);
        var negatives = different.Count(isDifferent => isDifferent);
        return new TrainingBatch(images, Loss, pairs.Length - negatives, negatives);

        Tensor Loss(Tensor embeddings) => loss.OverPairs(
            embeddings.slice(0, 0, pairs.Length, 1), // (B, D)
            embeddings.slice(0, pairs.Length, 2L * pairs.Length, 1), // (B, D)
            tensor(different)); // (B)
    }
}
