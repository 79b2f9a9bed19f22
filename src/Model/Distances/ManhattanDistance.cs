using System.Numerics;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>d = Σ|aᵢ − bᵢ|. If two components are equal, the subgradient is 0.</summary>
public sealed class ManhattanDistance : Distance
{
    public override string Name => "manhattan";

    public override double MaximumOfLengthOne(int embeddingSize) => 2 * Math.Sqrt(embeddingSize);

    /// <summary>About four times the Euclidean distance's margins, as for 32 numbers; for length 1, the Euclidean margins spread over all components.</summary>
    /// <inheritdoc/>
    public override DefaultMargins DefaultMargins(int embeddingSize, bool isNormalized)
    {
        return isNormalized ? new(Spread(1), Spread(0.3)) : new(8, 4);

        double Spread(double euclidean) => euclidean * Math.Sqrt(embeddingSize) * Math.Sqrt(2 / Math.PI);
    }

    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) =>
        (first - second).abs().sum(1); // (B)

    public override torch.Tensor Matrix(torch.Tensor first, torch.Tensor second) =>
        torch.cdist(first, second, 1); // (B, C)

    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.Length != second.Length || first.IsEmpty)
            throw new ArgumentException($"Embeddings of {first.Length} and {second.Length} numbers cannot be compared.", nameof(second));

        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= first.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += Vector.Abs(new Vector<float>(first[i..]) - new Vector<float>(second[i..]));

        var sum = Vector.Sum(sums);
        for (; i < first.Length; i++)
            sum += MathF.Abs(first[i] - second[i]);
        return sum;
    }
}
