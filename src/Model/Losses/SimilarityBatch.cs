using Siamese.Model.Distances;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>The cosine similarities of a batch, and which of its ordered pairs are *same* and which *different*.</summary>
/// <param name="Similarities">(B, B), −1 to 1; row by row those of an anchor.</param>
/// <param name="Same">(B, B), bool; no image is paired with itself.</param>
/// <param name="Different">(B, B), bool.</param>
internal sealed record SimilarityBatch(torch.Tensor Similarities, torch.Tensor Same, torch.Tensor Different)
{
    /// <summary>Far below what any logit comes to, and still finite: an infinite one would make gradients of an empty sum not a number.</summary>
    private const float Nothing = -1e9f;

    public static SimilarityBatch Of(Distance distance, torch.Tensor embeddings, torch.Tensor labels)
    {
        var equal = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // (B, B), bool
        var itself = torch.eye(labels.shape[0], dtype: torch.ScalarType.Bool); // (B, B), bool
        return new(CosineDistance.ToSimilarity(distance.Matrix(embeddings)), equal.logical_and(itself.logical_not()), equal.logical_not());
    }

    /// <summary>log Σ e^x of each row over where the mask is set; very small where it nowhere is.</summary>
    /// <param name="logits">(B, B)</param>
    /// <param name="mask">(B, B), bool</param>
    /// <returns>(B)</returns>
    public static torch.Tensor LogSumExp(torch.Tensor logits, torch.Tensor mask) => Where(mask, logits).logsumexp(1);

    /// <summary>The largest of each row where the mask is set; very small where it nowhere is.</summary>
    /// <param name="values">(B, B)</param>
    /// <param name="mask">(B, B), bool</param>
    /// <returns>(B)</returns>
    public static torch.Tensor Largest(torch.Tensor values, torch.Tensor mask) => Where(mask, values).amax([1]);

    private static torch.Tensor Where(torch.Tensor mask, torch.Tensor values) => torch.where(mask, values, torch.tensor(Nothing)); // (B, B)
}
