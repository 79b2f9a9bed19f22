using Siamese.Model.Distances;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// Pulls *same* pairs together and pushes *different* ones apart until they are a margin away: d² for a same pair,
/// max(0, margin − d)² for a different one. A different pair at the margin or beyond it contributes nothing; a same pair
/// always contributes its d². Hadsell, Chopra, LeCun, "Dimensionality Reduction by Learning an Invariant Mapping",
/// CVPR 2006, without the paper's factors of one half.
/// </summary>
/// <remarks>
/// d is the distance that was chosen, so with the squared Euclidean one a same pair costs the fourth power of its
/// Euclidean distance, and the margin is in squared units. An embedding that is not a number makes the loss not a number.
/// </remarks>
public sealed class ContrastiveLoss : PairLoss
{
    private readonly Distance _distance;
    private readonly double _margin;
    private readonly double _balance;

    /// <param name="distance">The distance d.</param>
    /// <param name="margin">How far apart *different* pairs are pushed, in units of the distance; from 0.</param>
    /// <param name="balance">Weight b of the *different* pairs of a batch, from 0 to 1. Given pairs weigh the same each.</param>
    public ContrastiveLoss(Distance distance, double margin, double balance)
    {
        if (!double.IsFinite(margin) || margin < 0)
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is a number from 0.");
        if (!(balance is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(balance), balance, "A balance is a number from 0 to 1.");
        (_distance, _margin, _balance) = (distance, margin, balance);
    }

    /// <summary>
    /// A margin about as hard to meet under each distance as 2 is under the Euclidean one: its square, and about four
    /// times as much for the Manhattan distance of 32 numbers; a quarter of the range under the cosine distance.
    /// </summary>
    public static double DefaultMargin(Distance distance) => distance switch
    {
        SquaredEuclideanDistance => 4,
        ManhattanDistance => 8,
        CosineDistance => 0.5,
        _ => 2,
    };

    /// <summary>mean of (1 − y)·d² + y·max(0, margin − d)², where y is 1 for *different*; 0 without pairs.</summary>
    /// <inheritdoc/>
    public override torch.Tensor OverPairs(torch.Tensor first, torch.Tensor second, torch.Tensor different)
    {
        var d = _distance.Between(first, second); // (B)
        var y = different.to_type(d.dtype); // (B), 1 for different
        var losses = (1d.Less(y) * d.square()).Plus(y * Shortfall(d).square()); // (B)
        return losses.sum().DividedBy(Math.Max(1, losses.NumberOfElements));
    }

    /// <summary>
    /// (1 − b)·mean of d² over the same pairs + b·mean of (margin − d)² over those different pairs that are inside the
    /// margin; an empty mean is 0. Each unordered pair counts once, no image is paired with itself. The mean over what
    /// lies inside the margin (pytorch-metric-learning calls it AvgNonZeroReducer) keeps the push alive when most
    /// different pairs are already apart.
    /// </summary>
    /// <inheritdoc/>
    public override torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels)
    {
        var d = _distance.Matrix(embeddings); // (B, B)
        var equal = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // (B, B), bool
        var once = torch.ones_like(equal).triu(1); // (B, B), bool: first < second
        var same = equal.logical_and(once); // (B, B), bool
        var inside = equal.logical_not().logical_and(once).logical_and(d.IsBelow(_margin)); // (B, B), bool
        return Mean(d.square(), same).Times(1 - _balance).Plus(Mean(Shortfall(d).square(), inside).Times(_balance));
    }

    private torch.Tensor Shortfall(torch.Tensor d) => _margin.Less(d).AtLeast(0);

    // By a product, not by selecting: a NaN anywhere must be seen, and shapes stay fixed.
    private static torch.Tensor Mean(torch.Tensor values, torch.Tensor mask) =>
        (values * mask).sum() / mask.sum().AtLeast(1);
}
