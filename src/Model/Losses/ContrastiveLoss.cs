using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// Pulls *same* pairs together and pushes *different* ones apart until their distance reaches the margin: d² for a same
/// pair, max(0, margin − d)² for a different one. A different pair at or beyond the margin contributes nothing; a same pair
/// always contributes d². Hadsell, Chopra, LeCun, "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006,
/// without the paper's factors of one half.
/// </summary>
/// <remarks>
/// d is the chosen distance. With the squared Euclidean distance, a same pair therefore costs the fourth power of its
/// Euclidean distance, and the margin is in squared units.
/// </remarks>
public sealed class ContrastiveLoss : PairLoss
{
    private readonly double _margin;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnPairs(
        "contrastive", "euclidean", LossKind.DefaultMargin, (h, distance, balance, miner) => new ContrastiveLoss(distance, h.Margin!.Value, balance, miner));

    /// <param name="distance">The distance d.</param>
    /// <param name="margin">How far apart *different* pairs are pushed, in units of the distance; at least 0.</param>
    /// <param name="balance">Weight b of the *different* pairs of a batch, from 0 to 1. Given pairs all have equal weight.</param>
    /// <param name="miner">Chooses among the pairs of a batch; null takes all of them.</param>
    public ContrastiveLoss(Distance distance, double margin, double balance, Miner? miner = null) : base(distance, balance, miner) =>
        _margin = Checked.Margin(margin);

    private protected override torch.Tensor Same(torch.Tensor d) => d.Squared();

    private protected override torch.Tensor Different(torch.Tensor d) => _margin.Less(d).AtLeast(0).Squared();
}
