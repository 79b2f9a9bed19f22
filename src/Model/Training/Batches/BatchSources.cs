using Siamese.Contracts.Tuning;
using Siamese.Model.Augmentations;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;

namespace Siamese.Model.Training.Batches;

/// <summary>Chooses the batch source for a trial's pairing and loss.</summary>
internal static class BatchSources
{
    /// <returns>The images to train on, and batches of them.</returns>
    public static (ImageSet Images, IBatchSource Batches) For(Hyperparameters hyperparameters, DataSplit shard, Loss loss, TrialRandom random)
    {
        if (hyperparameters.Pairing is Pairing.Neighbours)
        {
            var batches = new NeighbourBatches(
                shard.Images, hyperparameters.Neighbours!.Value, hyperparameters.ShiftedCopies is true, hyperparameters.BatchSize, hyperparameters.Steps ?? 0);
            return (batches.Images, new EveryPairOfNeighbours(batches, loss, random));
        }

        var training = hyperparameters.RotatedClasses ? RotatedClasses.Of(shard) : shard;
        return (training.Images, OfClasses(hyperparameters, training, loss, random));
    }

    private static IBatchSource OfClasses(Hyperparameters hyperparameters, DataSplit shard, Loss loss, TrialRandom random) =>
        (hyperparameters.Pairing, loss) switch
        {
            (Pairing.Batch, _) => new EveryPairOfABatch(shard, hyperparameters, loss, random),
            (Pairing.Listed, PairLoss pairs) => ListedPairs.Of(shard, hyperparameters, pairs, random),
            (Pairing.Listed, TripletLoss triplets) => ListedTriplets.Of(shard, hyperparameters, triplets, random),
            _ => throw new ArgumentException($"Pairing {hyperparameters.Pairing} does not support {loss.GetType().Name}.", nameof(hyperparameters)),
        };
}
