using Siamese.Model.Randomness;

namespace Siamese.Model.Training.Batches;

/// <summary>A list that is drawn once, shuffled every epoch and cut into batches. The last batch may be smaller.</summary>
/// <param name="list">Pairs or triplets.</param>
/// <param name="batchSize">Pairs or triplets in a batch.</param>
/// <param name="random">The trial's random numbers.</param>
/// <param name="toBatch">Creates a batch from some of them.</param>
internal sealed class ShuffledList<T>(T[] list, int batchSize, TrialRandom random, Func<T[], TrainingBatch> toBatch) : IBatchSource
{
    public int Count => (list.Length + batchSize - 1) / batchSize;

    public IEnumerable<TrainingBatch> Epoch(int epoch)
    {
        var order = (T[])list.Clone();
        random.ForEpoch(epoch).Shuffle(order);
        return order.Chunk(batchSize).Select(toBatch);
    }
}
