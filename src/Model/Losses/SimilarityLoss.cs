using Siamese.Model.Distances;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>A loss on the cosine similarities of all images of a batch. It supports no other distance.</summary>
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public abstract class SimilarityLoss : Loss
{
    /// <summary>Far below any logit, but finite: infinity would make the gradients of an empty sum NaN.</summary>
    private const float Nothing = -1e9f;

    private readonly Distance _distance;

    /// <param name="distance">A cosine distance.</param>
    private protected SimilarityLoss(Distance distance) => _distance = distance;

    internal sealed override torch.Tensor OverBatch(torch.Tensor embeddings, PairMasks pairs) =>
        Over(CosineDistance.ToSimilarity(_distance.Matrix(embeddings)), pairs);

    /// <param name="s">(B, B): the similarities, −1 to 1; one row per anchor.</param>
    /// <param name="pairs">Masks of the pairs.</param>
    /// <returns>A scalar.</returns>
    private protected abstract torch.Tensor Over(torch.Tensor s, PairMasks pairs);

    /// <summary>log Σ e^x of each row over the masked elements; very small if the row has none.</summary>
    /// <param name="logits">(B, B)</param>
    /// <param name="mask">(B, B), bool</param>
    /// <returns>(B)</returns>
    private protected static torch.Tensor LogSumExp(torch.Tensor logits, torch.Tensor mask) => Where(mask, logits).logsumexp(1);

    /// <summary>The largest masked element of each row; very small if the row has none.</summary>
    /// <param name="values">(B, B)</param>
    /// <param name="mask">(B, B), bool</param>
    /// <returns>(B)</returns>
    private protected static torch.Tensor Largest(torch.Tensor values, torch.Tensor mask) => Where(mask, values).amax([1]);

    private static torch.Tensor Where(torch.Tensor mask, torch.Tensor values) => torch.where(mask, values, torch.tensor(Nothing)); // (B, B)
}
