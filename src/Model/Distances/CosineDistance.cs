using System.Numerics.Tensors;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>
/// d = 1 − a·b / (|a| |b|), from 0 (same direction) to 2 (opposite). Lengths below 1e-8 count as 1e-8, so a row of zeros
/// has distance 1 to everything, including itself, and a finite gradient.
/// </summary>
public sealed class CosineDistance : Distance
{
    private const float ShortestLength = 1e-8f;

    public override string Name => "cosine";

    public override double Maximum => 2;

    public override double MaximumOfLengthOne(int embeddingSize) => 2;

    /// <summary>A quarter of the range, whatever the lengths of embeddings.</summary>
    /// <inheritdoc/>
    public override DefaultMargins DefaultMargins(int embeddingSize, bool isNormalized) => new(0.5, 0.2);

    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) =>
        1d.Less((Directions(first) * Directions(second)).sum(1)); // (B)

    public override torch.Tensor Matrix(torch.Tensor first, torch.Tensor second)
    {
        var directions = Directions(first); // (B, D)
        var others = ReferenceEquals(first, second) ? directions : Directions(second); // (C, D)
        return 1d.Less(directions.mm(others.t())); // (B, C)
    }

    /// <summary>Converts cosine distances to cosine similarities a·b / (|a| |b|), −1 to 1; any shape.</summary>
    public static torch.Tensor ToSimilarity(torch.Tensor distances) => 1d.Less(distances);

    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var lengths = MathF.Max(TensorPrimitives.Norm(first), ShortestLength) * MathF.Max(TensorPrimitives.Norm(second), ShortestLength);
        return Math.Clamp(1 - TensorPrimitives.Dot(first, second) / lengths, 0, 2);
    }

    /// <summary>Scales rows to length 1; rows shorter than 1e-8 stay shorter.</summary>
    internal static torch.Tensor Directions(torch.Tensor embeddings) =>
        embeddings / embeddings.norm(1, keepdim: true).AtLeast(ShortestLength); // (B, D)
}
