using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// max(d(a, p) − d(a, n) + margin, 0): an image of another class must be farther from the anchor than one of the same
/// class, by at least the margin. Schroff, Kalenichenko, Philbin, "FaceNet: A Unified Embedding for Face Recognition and
/// Clustering", CVPR 2015. The paper uses the squared Euclidean distance; here any distance works.
/// </summary>
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public sealed class TripletMarginLoss : TripletLoss
{
    private readonly Distance _distance;
    private readonly double _margin;
    private readonly Miner? _miner;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnTriplets(
        "triplet", "euclidean", LossKind.DefaultGap, (h, distance, miner) => new TripletMarginLoss(distance, h.Margin!.Value, miner));

    /// <param name="distance">The distance d.</param>
    /// <param name="margin">How much farther the negative must be than the positive, in units of the distance; at least 0.</param>
    /// <param name="miner">Chooses among the triplets of a batch; null takes all of them.</param>
    public TripletMarginLoss(Distance distance, double margin, Miner? miner = null) =>
        (_distance, _margin, _miner) = (distance, Checked.Margin(margin), miner);

    /// <summary>The mean of max(d(a, p) − d(a, n) + margin, 0); 0 without triplets.</summary>
    /// <inheritdoc/>
    public override torch.Tensor OverTriplets(torch.Tensor anchor, torch.Tensor positive, torch.Tensor negative)
    {
        var losses = Violations(_distance.Between(anchor, positive), _distance.Between(anchor, negative)); // (B)
        return losses.sum().DividedBy(Math.Max(1, losses.NumberOfElements));
    }

    /// <summary>
    /// The mean over the triplets of the batch that violate the margin; 0 without any. The positive is another image of the
    /// anchor's class, the negative any image of another class. Without a miner this is "batch all" (Hermans, Beyer, Leibe,
    /// 2017).
    /// </summary>
    /// <inheritdoc/>
    public override torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels)
    {
        var d = _distance.Matrix(embeddings); // (B, B)
        if (_miner is not null)
        {
            var mined = _miner.Mine(d, labels);
            return Mean(Violations(mined.ToPositive(d), mined.ToNegative(d))); // (T)
        }

        var (same, different) = PairMasks.Of(labels); // (B, B), (B, B), bool
        // One row for each of the P pairs of an anchor and a positive: P·B elements instead of B³ for all triplets.
        var pairs = same.nonzero(); // (P, 2)
        var anchors = pairs.select(1, 0); // (P)
        var toPositive = d.flatten().index_select(0, anchors.Times(labels.shape[0]).Plus(pairs.select(1, 1))); // (P)
        var toNegative = d.index_select(0, anchors); // (P, B)
        var valid = different.index_select(0, anchors); // (P, B), bool
        return Mean(Violations(toPositive.unsqueeze(1), toNegative) * valid); // (P, B)
    }

    private static torch.Tensor Mean(torch.Tensor losses) => losses.sum() / losses.IsAbove(0).sum().AtLeast(1);

    private torch.Tensor Violations(torch.Tensor toPositive, torch.Tensor toNegative) =>
        (toPositive - toNegative).Plus(_margin).AtLeast(0);
}
