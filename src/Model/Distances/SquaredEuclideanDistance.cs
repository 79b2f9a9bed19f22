using System.Numerics.Tensors;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>d = Σ(aᵢ − bᵢ)², the distance of FaceNet (Schroff, Kalenichenko, Philbin, 2015); smooth everywhere.</summary>
public sealed class SquaredEuclideanDistance : Distance
{
    public override string Name => "squared-euclidean";

    public override double MaximumOfLengthOne(int embeddingSize) => 4;

    /// <summary>The squares of the Euclidean distance's margins; a gap of half the margin without length 1.</summary>
    /// <inheritdoc/>
    public override DefaultMargins DefaultMargins(int embeddingSize, bool isNormalized) => isNormalized ? new(1, 0.3 * 0.3) : new(4, 2);

    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) =>
        (first - second).Squared().sum(1); // (B)

    public override torch.Tensor Matrix(torch.Tensor first, torch.Tensor second) =>
        torch.cdist(first, second, 2, compute_mode.donot_use_mm_for_euclid_dist).Squared(); // (B, C)

    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var root = TensorPrimitives.Distance(first, second);
        return root * root;
    }
}
