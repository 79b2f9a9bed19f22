using System.Numerics.Tensors;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>d = Σ(aᵢ − bᵢ)², the distance of FaceNet (Schroff, Kalenichenko, Philbin, 2015); smooth everywhere.</summary>
public sealed class SquaredEuclideanDistance : Distance
{
    public override string Name => "squared-euclidean";

    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) =>
        (first - second).square().sum(1); // (B)

    public override torch.Tensor Matrix(torch.Tensor embeddings) =>
        torch.cdist(embeddings, embeddings, 2, compute_mode.donot_use_mm_for_euclid_dist).square(); // (B, B)

    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var root = TensorPrimitives.Distance(first, second);
        return root * root;
    }
}
