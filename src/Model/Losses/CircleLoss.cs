using Siamese.Model.Distances;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// For each anchor log(1 + Σ_n e^(γ·[s_n + m]₊·(s_n − m)) · Σ_p e^(−γ·[1 + m − s_p]₊·(s_p − 1 + m))). The farther the cosine
/// similarity s of a pair is from its target (1 − m for a *same* pair, m for a *different* one), the harder the pair pulls
/// or pushes. Sun et al., "Circle Loss: A Unified Perspective of Pair Similarity Optimization", CVPR 2020. The factors in
/// brackets are weights and get no gradient.
/// </summary>
public sealed class CircleLoss : SimilarityLoss
{
    private readonly double _margin;
    private readonly double _gamma;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnSimilarities(
        "circle", (h, distance) => new CircleLoss(distance, h.Margin!.Value, h.Gamma!.Value), ("margin", 0.4), ("gamma", 80));

    /// <param name="distance">A cosine distance.</param>
    /// <param name="margin">m, at least 0: how far from the ideal similarities pairs may stay.</param>
    /// <param name="gamma">γ, above 0: how much more the worst pairs count.</param>
    public CircleLoss(Distance distance, double margin, double gamma) : base(distance) =>
        (_margin, _gamma) = (Checked.Margin(margin), Checked.Positive(gamma, "γ"));

    /// <summary>The mean over the anchors that have both a *same* and a *different* pair; 0 without such anchors.</summary>
    /// <inheritdoc/>
    private protected override torch.Tensor Over(torch.Tensor s, PairMasks pairs)
    {
        var fixedS = s.detach(); // (B, B)
        var pull = (1 + _margin).Less(fixedS).AtLeast(0) * (1 - _margin).Less(s); // (B, B)
        var push = fixedS.Plus(_margin).AtLeast(0) * s.Plus(-_margin); // (B, B)
        var sum = LogSumExp(pull.Times(_gamma), pairs.Same).Plus(LogSumExp(push.Times(_gamma), pairs.Different)); // (B)
        var counted = pairs.Same.any(1).logical_and(pairs.Different.any(1)); // (B), bool
        return (Softplus.Of(sum) * counted).sum() / counted.sum().AtLeast(1);
    }
}
