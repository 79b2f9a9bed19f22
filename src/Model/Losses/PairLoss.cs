using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>A loss on pairs: one function of the distance for *same* pairs, another for *different* ones.</summary>
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public abstract class PairLoss : Loss
{
    private readonly Distance _distance;
    private readonly double _balance;
    private readonly Miner? _miner;

    /// <param name="distance">The distance d.</param>
    /// <param name="balance">Weight b of the *different* pairs of a batch, from 0 to 1. Given pairs all have equal weight.</param>
    /// <param name="miner">Chooses among the pairs of a batch; null takes all of them.</param>
    private protected PairLoss(Distance distance, double balance, Miner? miner)
    {
        if (!(balance is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(balance), balance, "A balance must be a number from 0 to 1.");
        (_distance, _balance, _miner) = (distance, balance, miner);
    }

    /// <summary>The loss of *same* pairs at these distances; not negative. Any shape, elementwise.</summary>
    private protected abstract torch.Tensor Same(torch.Tensor d);

    /// <summary>The loss of *different* pairs at these distances; not negative. Any shape, elementwise.</summary>
    private protected abstract torch.Tensor Different(torch.Tensor d);

    /// <summary>The mean loss over given pairs; 0 without pairs.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(B, D)</param>
    /// <param name="different">(B), bool: whether the pair is *different*.</param>
    /// <returns>A scalar.</returns>
    public torch.Tensor OverPairs(torch.Tensor first, torch.Tensor second, torch.Tensor different)
    {
        var d = _distance.Between(first, second); // (B)
        var y = different.to_type(d.dtype); // (B), 1 for different
        var losses = (1d.Less(y) * Same(d)).Plus(y * Different(d)); // (B)
        return losses.sum().DividedBy(Math.Max(1, losses.NumberOfElements));
    }

    /// <summary>
    /// (1 − b)·mean over the *same* pairs + b·mean over the *different* pairs with a loss above 0; an empty mean is 0. No image
    /// is paired with itself. Averaging only losses above 0 (AvgNonZeroReducer in pytorch-metric-learning) keeps the push strong
    /// when most different pairs are already apart.
    /// </summary>
    /// <inheritdoc/>
    internal sealed override torch.Tensor OverBatch(torch.Tensor embeddings, PairMasks pairs)
    {
        var d = _distance.Matrix(embeddings); // (B, B)
        return _miner is null ? OverMasked(d, pairs) : OverMined(d, _miner.Mine(d, pairs));
    }

    private torch.Tensor OverMasked(torch.Tensor d, PairMasks pairs)
    {
        if (_distance.IsSymmetric)
            pairs = pairs.Unordered();
        var different = Different(d); // (B, B)
        var costing = different.IsAbove(0).logical_and(pairs.Different); // (B, B), bool
        // Multiplies by a mask instead of selecting: a NaN anywhere must reach the loss, and shapes stay fixed.
        return Weighted((Same(d), pairs.Same), (different, costing));
    }

    private torch.Tensor OverMined(torch.Tensor d, Triplets mined)
    {
        var (same, different) = (Same(mined.ToPositive(d)), Different(mined.ToNegative(d))); // (T), (T)
        return Weighted((same, torch.ones_like(same)), (different, different.IsAbove(0)));
    }

    private torch.Tensor Weighted((torch.Tensor Losses, torch.Tensor Mask) same, (torch.Tensor Losses, torch.Tensor Mask) different) =>
        Mean(same).Times(1 - _balance).Plus(Mean(different).Times(_balance));

    private static torch.Tensor Mean((torch.Tensor Losses, torch.Tensor Mask) some) =>
        (some.Losses * some.Mask).sum() / some.Mask.sum().AtLeast(1);
}
