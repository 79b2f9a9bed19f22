using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;
using Siamese.Model.Losses;

namespace Siamese.Model.Training;

/// <summary>Chooses a trial's batches by its pairing and its loss.</summary>
internal static class BatchSources
{
    public static IBatchSource For(Hyperparameters hyperparameters, DataSplit shard, Loss loss, TrialRandom random) =>
        (hyperparameters.Pairing, loss) switch
        {
            (Pairing.Batch, _) => new EveryPairOfABatch(shard, hyperparameters.BatchSize, loss, random),
            (Pairing.Listed, PairLoss pairs) => ListedPairs.Of(shard, hyperparameters, pairs, random),
            (Pairing.Listed, TripletLoss triplets) => ListedTriplets.Of(shard, hyperparameters, triplets, random),
            _ => throw new ArgumentException($"No batches for {hyperparameters.Pairing} and {loss.GetType().Name}.", nameof(hyperparameters)),
        };
}
