using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>How far apart two embeddings are. Smaller is more alike, always.</summary>
public abstract class Distance
{
    /// <summary>The name that users and trials know it by.</summary>
    public abstract string Name { get; }

    /// <summary>The largest distance there can be; infinite where there is none. A margin beyond it could never be met.</summary>
    public virtual double Maximum => double.PositiveInfinity;

    /// <summary>Distances of rows, differentiable also where two rows are equal.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(B, D)</param>
    /// <returns>(B)</returns>
    public abstract torch.Tensor Between(torch.Tensor first, torch.Tensor second);

    /// <summary>Distances of every row to every row, differentiable also on the diagonal.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <returns>(B, B)</returns>
    public abstract torch.Tensor Matrix(torch.Tensor embeddings);

    /// <summary>The distance of two embeddings of length D, without Torch; for evaluation and verdicts.</summary>
    public abstract float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second);
}
