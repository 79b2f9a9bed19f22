using Siamese.Model.Distances;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>The cosine similarities of a batch, and masks of its *same* and *different* ordered pairs.</summary>
/// <param name="Similarities">(B, B), −1 to 1; one row per anchor.</param>
/// <param name="Same">(B, B), bool; no image is paired with itself.</param>
/// <param name="Different">(B, B), bool.</param>
internal sealed record SimilarityBatch(torch.Tensor Similarities, torch.Tensor Same, torch.Tensor Different)
{
    /// <summary>Far below any logit, but finite: infinity would make the gradients of an empty sum NaN.</summary>
    private const float Nothing = -1e9f;

    public static SimilarityBatch Of(Distance distance, torch.Tensor embeddings, torch.Tensor labels)
    {
        var equal = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // (B, B), bool
        var itself = torch.eye(labels.shape[0], dtype: torch.ScalarType.Bool); // (B, B), bool
        return new(CosineDistance.ToSimilarity(distance.Matrix(embeddings)), equal.logical_and(itself.logical_not()), equal.logical_not());
    }

    /// <summary>log Σ e^x of each row over the masked elements; very small if the row has none.</summary>
    /// <param name="logits">(B, B)</param>
    /// <param name="mask">(B, B), bool</param>
    /// <returns>(B)</returns>
    public static torch.Tensor LogSumExp(torch.Tensor logits, torch.Tensor mask) => Where(mask, logits).logsumexp(1);

    /// <summary>The largest masked element of each row; very small if the row has none.</summary>
    /// <param name="values">(B, B)</param>
    /// <param name="mask">(B, B), bool</param>
    /// <returns>(B)</returns>
    public static torch.Tensor Largest(torch.Tensor values, torch.Tensor mask) => Where(mask, values).amax([1]);

    private static torch.Tensor Where(torch.Tensor mask, torch.Tensor values) => torch.where(mask, values, torch.tensor(Nothing)); // (B, B)
}
