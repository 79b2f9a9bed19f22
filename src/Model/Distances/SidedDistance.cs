using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>
/// The distance of a pseudo-Siamese network: from the first image, embedded by the first encoder, to the second image,
/// embedded by the second. The network returns both embeddings of an image side by side, so callers still embed each image
/// only once. Not symmetric: the order of a pair matters.
/// </summary>
/// <param name="between">The distance between two embeddings.</param>
public sealed class SidedDistance(Distance between) : Distance
{
    public override string Name => between.Name;

    public override double Maximum => between.Maximum;

    public override bool IsSymmetric => false;

    public override double MaximumOfLengthOne(int embeddingSize) => between.MaximumOfLengthOne(embeddingSize);

    public override DefaultMargins DefaultMargins(int embeddingSize, bool isNormalized) => between.DefaultMargins(embeddingSize, isNormalized);

    /// <param name="first">(B, 2D)</param>
    /// <param name="second">(B, 2D)</param>
    /// <returns>(B)</returns>
    public override torch.Tensor Between(torch.Tensor first, torch.Tensor second) => between.Between(Side(first, 0), Side(second, 1));

    /// <param name="first">(B, 2D)</param>
    /// <param name="second">(C, 2D)</param>
    /// <returns>(B, C)</returns>
    public override torch.Tensor Matrix(torch.Tensor first, torch.Tensor second) => between.Matrix(Side(first, 0), Side(second, 1));

    /// <param name="first">2D numbers.</param>
    /// <param name="second">2D numbers.</param>
    public override float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        between.Between(first[..(first.Length / 2)], second[(second.Length / 2)..]);

    private static torch.Tensor Side(torch.Tensor embeddings, int side) => embeddings.chunk(2, 1)[side]; // (B, D)
}
