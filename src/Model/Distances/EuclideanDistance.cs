using System.Numerics.Tensors;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>
/// d = √Σ(aᵢ − bᵢ)², the distance of Hadsell, Chopra and LeCun (2006). The root has no derivative at 0. For pairs, 1e-12 is
/// therefore added inside it (equal rows have distance 1e-6 and gradient 0); the matrix uses the subgradient 0.
/// </summary>
public sealed class EuclideanDistance : Distance
{
    private const double InsideTheRoot = 1e-12;

    public override string Name => "euclidean";

    public override double MaximumOfLengthOne(int embeddingSize) => 2;

    public override DefaultMargins DefaultMargins(int embeddingSize, bool isNormalized) => isNormalized ? new(1, 0.3) : new(2, 1);

    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) =>
        (first - second).Squared().sum(1).Plus(InsideTheRoot).sqrt(); // (B)

    // Differences rather than |a|² + |b|² − 2ab: that product is faster but loses the distances of near neighbours.
    public override torch.Tensor Matrix(torch.Tensor first, torch.Tensor second) =>
        torch.cdist(first, second, 2, compute_mode.donot_use_mm_for_euclid_dist); // (B, C)

    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        TensorPrimitives.Distance(first, second);
}
