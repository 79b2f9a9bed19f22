using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// The squared difference of a pair's cosine from a target: 1 for a *same* pair, −1 for a *different* one, unless other targets
/// are stated. Bromley et al., "Signature Verification using a Siamese Time Delay Neural Network", NIPS 1993, which also tried −0.9.
/// </summary>
public sealed class CosineTargetsLoss : PairLoss
{
    private readonly double _same;
    private readonly double _different;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnCosines(
        "cosine-targets",
        (h, distance, balance, miner) => new CosineTargetsLoss(distance, h.SameTarget!.Value, h.DifferentTarget!.Value, balance, miner),
        ("same-target", 1), ("different-target", -1));

    /// <param name="distance">The cosine distance.</param>
    /// <param name="same">The cosine that *same* pairs should have, −1 to 1.</param>
    /// <param name="different">The cosine that *different* pairs should have, −1 to 1.</param>
    /// <param name="balance">Weight b of the *different* pairs of a batch, from 0 to 1. Given pairs all have equal weight.</param>
    /// <param name="miner">Chooses among the pairs of a batch; null takes all of them.</param>
    public CosineTargetsLoss(Distance distance, double same, double different, double balance, Miner? miner = null) : base(distance, balance, miner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(same, different);
        (_same, _different) = (same, different);
    }

    private protected override torch.Tensor Same(torch.Tensor d) => CosineDistance.ToSimilarity(d).Plus(-_same).Squared();

    private protected override torch.Tensor Different(torch.Tensor d) => CosineDistance.ToSimilarity(d).Plus(-_different).Squared();
}
