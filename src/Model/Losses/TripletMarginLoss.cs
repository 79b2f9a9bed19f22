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
public sealed class TripletMarginLoss : TripletLoss
{
    private readonly double _margin;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnTriplets(
        "triplet", "euclidean", (h, distance, miner) => new TripletMarginLoss(distance, h.Margin!.Value, miner), ("margin", LossKind.DefaultGap));

    /// <param name="distance">The distance d.</param>
    /// <param name="margin">How much farther the negative must be than the positive, in units of the distance; at least 0.</param>
    /// <param name="miner">Chooses among the triplets of a batch; null takes all of them.</param>
    public TripletMarginLoss(Distance distance, double margin, Miner? miner = null) : base(distance, miner) => _margin = Checked.Margin(margin);

    private protected override torch.Tensor Of(torch.Tensor toPositive, torch.Tensor toNegative) => (toPositive - toNegative).Plus(_margin).AtLeast(0);
}
