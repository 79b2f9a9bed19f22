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
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public sealed class MultiSimilarityLoss : Loss
{
    private readonly Distance _distance;
    private readonly double _alpha;
    private readonly double _beta;
    private readonly double _base;
    private readonly double _margin;

    /// <param name="distance">A cosine distance.</param>
    /// <param name="alpha">α, above 0: how much more the least alike *same* pairs count.</param>
    /// <param name="beta">β, above 0: how much more the most alike *different* pairs count.</param>
    /// <param name="threshold">λ, the similarity that separates *same* from *different*.</param>
    /// <param name="margin">ε for choosing pairs, at least 0.</param>
    public MultiSimilarityLoss(Distance distance, double alpha, double beta, double threshold, double margin)
    {
        if (!double.IsFinite(alpha) || alpha <= 0)
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α must be greater than 0.");
        if (!double.IsFinite(beta) || beta <= 0)
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "β must be greater than 0.");
        (_distance, _alpha, _beta, _base, _margin) = (distance, alpha, beta, threshold, Margins.Check(margin));
    }

    /// <summary>The mean over all anchors.</summary>
    /// <inheritdoc/>
    public override torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels)
    {
        var batch = SimilarityBatch.Of(_distance, embeddings, labels);
        var s = batch.Similarities; // (B, B)
        var (same, different) = Mine(batch);
        var pull = Softplus.Of(SimilarityBatch.LogSumExp(s.Plus(-_base).Times(-_alpha), same)).DividedBy(_alpha); // (B)
        var push = Softplus.Of(SimilarityBatch.LogSumExp(s.Plus(-_base).Times(_beta), different)).DividedBy(_beta); // (B)
        return pull.Plus(push).mean();
    }

    /// <summary>The informative pairs; none for an anchor that lacks either kind.</summary>
    private (torch.Tensor Same, torch.Tensor Different) Mine(SimilarityBatch batch)
    {
        using var noGradient = torch.no_grad();
        var s = batch.Similarities.detach(); // (B, B)
        var mostAlikeDifferent = SimilarityBatch.Largest(s, batch.Different).unsqueeze(1); // (B, 1)
        var leastAlikeSame = SimilarityBatch.Largest(s.neg(), batch.Same).neg().unsqueeze(1); // (B, 1)
        // NaN counts as informative, so that it reaches the loss.
        var same = s.Plus(-_margin).ge(mostAlikeDifferent).logical_not().logical_and(batch.Same);
        var different = s.Plus(_margin).le(leastAlikeSame).logical_not().logical_and(batch.Different);
        return (same, different);
    }
}
