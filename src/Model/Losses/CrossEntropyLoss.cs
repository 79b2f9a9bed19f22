using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// Cross-entropy of σ(margin − d), the probability that a pair is *same*: −log σ(margin − d) for a same pair,
/// −log σ(d − margin) for a different one; at the margin both are equally likely. With the Manhattan distance it is the loss
/// of Koch, Zemel, Salakhutdinov, "Siamese Neural Networks for One-shot Image Recognition", ICML 2015 workshop. The paper's
/// learned weights α of the components |aᵢ − bᵢ| belong to the encoder: its last layer has them (`koch`) or can scale its rows.
/// </summary>
public sealed class CrossEntropyLoss : PairLoss
{
    private readonly double _margin;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnPairs(
        "cross-entropy", "manhattan", LossKind.DefaultMargin, (h, distance, balance, miner) => new CrossEntropyLoss(distance, h.Margin!.Value, balance, miner));

    /// <param name="distance">The distance d.</param>
    /// <param name="margin">The distance at which *same* and *different* are equally likely; at least 0.</param>
    /// <param name="balance">Weight b of the *different* pairs of a batch, from 0 to 1. Given pairs all have equal weight.</param>
    /// <param name="miner">Chooses among the pairs of a batch; null takes all of them.</param>
    public CrossEntropyLoss(Distance distance, double margin, double balance, Miner? miner = null) : base(distance, balance, miner) =>
        _margin = Checked.Margin(margin);

    private protected override torch.Tensor Same(torch.Tensor d) => Softplus.Of(d.Plus(-_margin));

    private protected override torch.Tensor Different(torch.Tensor d) => Softplus.Of(_margin.Less(d));
}
