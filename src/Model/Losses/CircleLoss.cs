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
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public sealed class CircleLoss : Loss
{
    private readonly Distance _distance;
    private readonly double _margin;
    private readonly double _gamma;

    /// <param name="distance">A cosine distance.</param>
    /// <param name="margin">m, at least 0: how far from the ideal similarities pairs may stay.</param>
    /// <param name="gamma">γ, above 0: how much more the worst pairs count.</param>
    public CircleLoss(Distance distance, double margin, double gamma)
    {
        if (!double.IsFinite(gamma) || gamma <= 0)
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "γ must be greater than 0.");
        (_distance, _margin, _gamma) = (distance, Margins.Check(margin), gamma);
    }

    /// <summary>The mean over the anchors that have both a *same* and a *different* pair; 0 without such anchors.</summary>
    /// <inheritdoc/>
    public override torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels)
    {
        var batch = SimilarityBatch.Of(_distance, embeddings, labels);
        var s = batch.Similarities; // (B, B)
        var fixedS = s.detach(); // (B, B)
        var pull = (1 + _margin).Less(fixedS).AtLeast(0) * (1 - _margin).Less(s); // (B, B)
        var push = fixedS.Plus(_margin).AtLeast(0) * s.Plus(-_margin); // (B, B)
        var sum = SimilarityBatch.LogSumExp(pull.Times(_gamma), batch.Same).Plus(SimilarityBatch.LogSumExp(push.Times(_gamma), batch.Different)); // (B)
        var counted = batch.Same.any(1).logical_and(batch.Different.any(1)); // (B), bool
        return (Softplus.Of(sum) * counted).sum() / counted.sum().AtLeast(1);
    }
}
