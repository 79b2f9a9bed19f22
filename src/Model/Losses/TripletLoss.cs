using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// A loss on triplets of an anchor, an image of the same class and one of another: a function of the distances from the
/// anchor to the other two.
/// </summary>
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public abstract class TripletLoss : Loss
{
    private readonly Distance _distance;
    private readonly Miner? _miner;

    /// <param name="distance">The distance d.</param>
    /// <param name="miner">Chooses among the triplets of a batch; null takes all of them.</param>
    private protected TripletLoss(Distance distance, Miner? miner) => (_distance, _miner) = (distance, miner);

    /// <summary>The loss of triplets with these distances; not negative. Shapes that broadcast, elementwise.</summary>
    private protected abstract torch.Tensor Of(torch.Tensor toPositive, torch.Tensor toNegative);

    /// <summary>The mean loss over given triplets; 0 without triplets.</summary>
    /// <param name="anchor">(B, D)</param>
    /// <param name="positive">(B, D)</param>
    /// <param name="negative">(B, D)</param>
    /// <returns>A scalar.</returns>
    public torch.Tensor OverTriplets(torch.Tensor anchor, torch.Tensor positive, torch.Tensor negative)
    {
        var losses = Of(_distance.Between(anchor, positive), _distance.Between(anchor, negative)); // (B)
        return losses.sum().DividedBy(Math.Max(1, losses.NumberOfElements));
    }

    /// <summary>
    /// The mean over the triplets of the batch with a loss above 0; 0 without any. The positive is another image of the
    /// anchor's class, the negative any image that is *different* from the anchor. Without a miner this is "batch all" (Hermans, Beyer, Leibe,
    /// 2017).
    /// </summary>
    /// <inheritdoc/>
    internal sealed override torch.Tensor OverBatch(torch.Tensor embeddings, PairMasks pairs)
    {
        var d = _distance.Matrix(embeddings); // (B, B)
        if (_miner is not null)
        {
            var mined = _miner.Mine(d, pairs);
            return Mean(Of(mined.ToPositive(d), mined.ToNegative(d))); // (T)
        }

        // One row for each of the P pairs of an anchor and a positive: P·B elements instead of B³ for all triplets.
        var positives = pairs.Same.nonzero(); // (P, 2)
        var anchors = positives.select(1, 0); // (P)
        var toPositive = d.flatten().index_select(0, anchors.Times(d.shape[0]).Plus(positives.select(1, 1))); // (P)
        var toNegative = d.index_select(0, anchors); // (P, B)
        var valid = pairs.Different.index_select(0, anchors); // (P, B), bool
        return Mean(Of(toPositive.unsqueeze(1), toNegative) * valid); // (P, B)
    }

    private static torch.Tensor Mean(torch.Tensor losses) => losses.sum() / losses.IsAbove(0).sum().AtLeast(1);
}
