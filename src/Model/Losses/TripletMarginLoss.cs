using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// max(d(a, p) − d(a, n) + margin, 0): an image of another class must be farther from the anchor than one of its own
/// class, by a margin at least. Schroff, Kalenichenko, Philbin, "FaceNet: A Unified Embedding for Face Recognition and
/// Clustering", CVPR 2015, who use the squared Euclidean distance; here any will do.
/// </summary>
/// <remarks>An embedding that is not a number makes the loss not a number.</remarks>
public sealed class TripletMarginLoss : TripletLoss
{
    private readonly Distance _distance;
    private readonly double _margin;
    private readonly Miner? _miner;

    /// <param name="distance">The distance d.</param>
    /// <param name="margin">By how much the negative must be farther than the positive, in units of the distance; from 0.</param>
    /// <param name="miner">Chooses among the triplets of a batch; null takes them all.</param>
    public TripletMarginLoss(Distance distance, double margin, Miner? miner = null) =>
        (_distance, _margin, _miner) = (distance, Margins.Check(margin), miner);

    /// <summary>mean of max(d(a, p) − d(a, n) + margin, 0); 0 without triplets.</summary>
    /// <inheritdoc/>
    public override torch.Tensor OverTriplets(torch.Tensor anchor, torch.Tensor positive, torch.Tensor negative)
    {
        var losses = Violations(_distance.Between(anchor, positive), _distance.Between(anchor, negative)); // (B)
        return losses.sum().DividedBy(Math.Max(1, losses.NumberOfElements));
    }

    /// <summary>
    /// The mean over those triplets of the batch that violate the margin (the positive is another image of the anchor's
    /// class, the negative any image of another class); 0 where none does. Over all of them it is "batch all" (Hermans,
    /// Beyer, Leibe, 2017); a miner chooses among them.
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

        var equal = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // (B, B), bool
        var other = torch.eye(labels.shape[0], dtype: torch.ScalarType.Bool, device: labels.device).logical_not(); // (B, B)

        // One row for each of the P pairs of an anchor and a positive: B / P of what all B³ triplets would take.
        var pairs = equal.logical_and(other).nonzero(); // (P, 2)
        var anchors = pairs.select(1, 0); // (P)
        var toPositive = d.flatten().index_select(0, anchors.Times(labels.shape[0]).Plus(pairs.select(1, 1))); // (P)
        var toNegative = d.index_select(0, anchors); // (P, B)
        var valid = equal.logical_not().index_select(0, anchors); // (P, B), bool
        return Mean(Violations(toPositive.unsqueeze(1), toNegative) * valid); // (P, B)
    }

    private static torch.Tensor Mean(torch.Tensor losses) => losses.sum() / losses.IsAbove(0).sum().AtLeast(1);

    private torch.Tensor Violations(torch.Tensor toPositive, torch.Tensor toNegative) =>
        (toPositive - toNegative).Plus(_margin).AtLeast(0);
}
