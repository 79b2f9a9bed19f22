using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;

namespace Siamese.Model.Training.Batches;

/// <summary>Chooses the batch source for a trial's pairing and loss.</summary>
internal static class BatchSources
{
    public static IBatchSource For(Hyperparameters hyperparameters, DataSplit shard, Loss loss, TrialRandom random) =>
        (hyperparameters.Pairing, loss) switch
        {
            (Pairing.Batch, _) => new EveryPairOfABatch(shard, hyperparameters, loss, random),
            (Pairing.Listed or Pairing.Neighbours, PairLoss pairs) => ListedPairs.Of(shard, hyperparameters, pairs, random),
            (Pairing.Listed, TripletLoss triplets) => ListedTriplets.Of(shard, hyperparameters, triplets, random),
            _ => throw new ArgumentException($"Pairing {hyperparameters.Pairing} does not support {loss.GetType().Name}.", nameof(hyperparameters)),
        };
}
