using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Training.Batches;

/// <summary>Batches of images and their nearest neighbours, without labels. All pairs in a batch count.</summary>
internal sealed class EveryPairOfNeighbours(NeighbourBatches batches, Loss loss, TrialRandom random) : IBatchSource
{
    public int Count => batches.Count;

    public IEnumerable<TrainingBatch> Epoch(int epoch) => batches.Deal(random.ForEpoch(epoch)).Select(ToBatch);

    private TrainingBatch ToBatch(int[] images)
    {
        var (size, positives) = ((long)images.Length, 0L);
        var same = new bool[size * size]; // (B, B)
        for (var i = 0; i < size; i++)
        {
            for (var j = i + 1; j < size; j++)
            {
                if (!batches.AreSame(images[i], images[j]))
                    continue;
                same[(i * size) + j] = same[(j * size) + i] = true;
                positives++;
            }
        }

        return new TrainingBatch(images, embeddings => loss.OverBatch(embeddings, PairMasks.OfRelation(tensor(same, [size, size]))), positives, (size * (size - 1) / 2) - positives);
    }
}
