using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;
using static TorchSharp.torch;

namespace Siamese.Model.Training.Batches;

/// <summary>Batches from a list of triplets.</summary>
internal static class ListedTriplets
{
    public static IBatchSource Of(DataSplit shard, Hyperparameters hyperparameters, TripletLoss loss, TrialRandom random)
    {
        var list = TripletList.Draw(shard, hyperparameters.Pairs!.Value, random.ForTrial());
        return new ShuffledList<ImageTriplet>(list, hyperparameters.BatchSize, random, triplets => ToBatch(triplets, loss));
    }

    private static TrainingBatch ToBatch(ImageTriplet[] triplets, TripletLoss loss)
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
