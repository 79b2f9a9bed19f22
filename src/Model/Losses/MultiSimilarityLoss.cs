using Siamese.Model.Distances;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// For each anchor 1/α·log(1 + Σ_p e^(−α(s_p − λ))) + 1/β·log(1 + Σ_n e^(β(s_n − λ))) over the informative pairs: *same*
/// pairs at most ε more alike than the most alike *different* one, and *different* pairs at most ε less alike than the least
/// alike *same* one; s is the cosine similarity. Wang et al., "Multi-Similarity Loss with General Pair Weighting for Deep
/// Metric Learning", CVPR 2019.
/// </summary>
public sealed class MultiSimilarityLoss : SimilarityLoss
{
    private readonly double _alpha;
    private readonly double _beta;
    private readonly double _base;
    private readonly double _margin;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnSimilarities(
        "multi-similarity",
        (h, distance) => new MultiSimilarityLoss(distance, h.Alpha!.Value, h.Beta!.Value, h.Base!.Value, h.Margin!.Value),
        ("margin", 0.1),
        ("alpha", 2),
        ("beta", 50),
        ("base", 0.5));

    /// <param name="distance">A cosine distance.</param>
    /// <param name="alpha">α, above 0: how much more the least alike *same* pairs count.</param>
    /// <param name="beta">β, above 0: how much more the most alike *different* pairs count.</param>
    /// <param name="threshold">λ, the similarity that separates *same* from *different*.</param>
    /// <param name="margin">ε for choosing pairs, at least 0.</param>
    public MultiSimilarityLoss(Distance distance, double alpha, double beta, double threshold, double margin) : base(distance) =>
        (_alpha, _beta, _base, _margin) = (Checked.Positive(alpha, "α"), Checked.Positive(beta, "β"), threshold, Checked.Margin(margin));

    /// <summary>The mean over all anchors.</summary>
    /// <inheritdoc/>
    private protected override torch.Tensor Over(torch.Tensor s, PairMasks pairs)
    {
        var (same, different) = Mine(s, pairs);
        var pull = Softplus.Of(LogSumExp(s.Plus(-_base).Times(-_alpha), same)).DividedBy(_alpha); // (B)
        var push = Softplus.Of(LogSumExp(s.Plus(-_base).Times(_beta), different)).DividedBy(_beta); // (B)
        return pull.Plus(push).mean();
    }

    /// <summary>The informative pairs; none for an anchor that lacks either kind.</summary>
    private (torch.Tensor Same, torch.Tensor Different) Mine(torch.Tensor similarities, PairMasks pairs)
    {
        using var noGradient = torch.no_grad();
        var s = similarities.detach(); // (B, B)
        var mostAlikeDifferent = Largest(s, pairs.Different).unsqueeze(1); // (B, 1)
        var leastAlikeSame = Largest(s.neg(), pairs.Same).neg().unsqueeze(1); // (B, 1)
        // NaN counts as informative, so that it reaches the loss.
        var same = s.Plus(-_margin).ge(mostAlikeDifferent).logical_not().logical_and(pairs.Same);
        var different = s.Plus(_margin).le(leastAlikeSame).logical_not().logical_and(pairs.Different);
        return (same, different);
    }
}
