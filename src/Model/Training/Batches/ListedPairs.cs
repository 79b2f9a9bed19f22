using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;
using static TorchSharp.torch;

namespace Siamese.Model.Training.Batches;

/// <summary>Batches from a list of pairs, as in the article.</summary>
internal static class ListedPairs
{
    public static IBatchSource Of(DataSplit shard, Hyperparameters hyperparameters, PairLoss loss, TrialRandom random)
    {
        var list = PairList.Draw(shard, hyperparameters.Pairs!.Value, hyperparameters.Balance!.Value, random.ForTrial(), hyperparameters.ForgedShare ?? 0);
        return new ShuffledList<ImagePair>(list, hyperparameters.BatchSize, random, pairs => ToBatch(pairs, loss));
    }

    private static TrainingBatch ToBatch(ImagePair[] pairs, PairLoss loss)
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
