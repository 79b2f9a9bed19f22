using System.Numerics.Tensors;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>
/// d = 1 − a·b / (|a| |b|), from 0 (same direction) to 2 (opposite). Lengths below 1e-8 count as 1e-8, so that a row of
/// zeros is 1 away from everything, itself included, and has a finite gradient.
/// </summary>
public sealed class CosineDistance : Distance
{
    private const float ShortestLength = 1e-8f;

    public override string Name => "cosine";

    public override double Maximum => 2;

    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) =>
        1d.Less((Directions(first) * Directions(second)).sum(1)); // (B)

    public override torch.Tensor Matrix(torch.Tensor embeddings)
    {
        var directions = Directions(embeddings); // (B, D)
        return 1d.Less(directions.mm(directions.t())); // (B, B)
    }

    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var lengths = MathF.Max(TensorPrimitives.Norm(first), ShortestLength) * MathF.Max(TensorPrimitives.Norm(second), ShortestLength);
        return Math.Clamp(1 - TensorPrimitives.Dot(first, second) / lengths, 0, 2);
    }

    private static torch.Tensor Directions(torch.Tensor embeddings) =>
        embeddings / embeddings.norm(1, keepdim: true).AtLeast(ShortestLength); // (B, D)
}
