using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Miners;

/// <summary>Triplets of a batch, by index.</summary>
/// <param name="Anchors">(T), int64</param>
/// <param name="Positives">(T), int64: an image of the anchor's class.</param>
/// <param name="Negatives">(T), int64: an image that is *different* from the anchor.</param>
public sealed record Triplets(torch.Tensor Anchors, torch.Tensor Positives, torch.Tensor Negatives)
{
    /// <summary>d(a, p) of each triplet.</summary>
    /// <param name="distances">(B, B)</param>
    /// <returns>(T)</returns>
    public torch.Tensor ToPositive(torch.Tensor distances) => Pick(distances, Positives);

    /// <summary>d(a, n) of each triplet.</summary>
    /// <inheritdoc cref="ToPositive"/>
    public torch.Tensor ToNegative(torch.Tensor distances) => Pick(distances, Negatives);

    private torch.Tensor Pick(torch.Tensor distances, torch.Tensor others) =>
        distances.flatten().index_select(0, Anchors.Times(distances.shape[1]).Plus(others));
}
