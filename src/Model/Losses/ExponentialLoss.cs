using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// (2/Q)·d² for a *same* pair, 2Q·exp(−2.77·d/Q) for a *different* one. Q is the distance that different pairs should
/// approach; there the push is down to a sixteenth. Chopra, Hadsell, LeCun, "Learning a Similarity Metric Discriminatively,
/// with Application to Face Verification", CVPR 2005, which uses the Manhattan distance as energy and the largest possible
/// energy as Q.
/// </summary>
public sealed class ExponentialLoss : PairLoss
{
    private const double Decay = 2.77;

    private readonly double _q;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnPairs(
        "exponential", "manhattan", DefaultQ, (h, distance, balance, miner) => new ExponentialLoss(distance, h.Margin!.Value, balance, miner));

    /// <param name="distance">The energy d.</param>
    /// <param name="q">Q, in units of the distance; above 0.</param>
    /// <param name="balance">Weight b of the *different* pairs of a batch, from 0 to 1. Given pairs all have equal weight.</param>
    /// <param name="miner">Chooses among the pairs of a batch; null takes all of them.</param>
    public ExponentialLoss(Distance distance, double q, double balance, Miner? miner = null) : base(distance, balance, miner) =>
        _q = Checked.Positive(q, "Q");

    private protected override torch.Tensor Same(torch.Tensor d) => d.Squared().Times(2 / _q);

    private protected override torch.Tensor Different(torch.Tensor d) => d.Times(-Decay / _q).exp().Times(2 * _q);

    /// <summary>Q should be a distance that few pairs reach: below it, the loss pushes less and less, but still pushes.</summary>
    private static HyperparameterValue DefaultQ(Hyperparameters h)
    {
        var distance = Distance.Get(h.Distance);
        return Math.Min(4 * LossKind.DefaultMargin(h).Number, h.Normalize is true ? distance.MaximumOfLengthOne(h.EmbeddingSize) : distance.Maximum);
    }
}
