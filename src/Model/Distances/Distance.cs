using Siamese.Contracts.Sweeps;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>How far apart two embeddings are. Smaller is more alike, always.</summary>
public abstract class Distance
{
    /// <summary>Every distance there is, in the order in which help texts list them.</summary>
    public static IReadOnlyList<Distance> All { get; } =
        [new EuclideanDistance(), new SquaredEuclideanDistance(), new ManhattanDistance(), new CosineDistance()];

    /// <summary>The name that users and trials know it by.</summary>
    public abstract string Name { get; }

    /// <summary>The largest distance there can be; infinite where there is none. A margin beyond it could never be met.</summary>
    public virtual double Maximum => double.PositiveInfinity;

    /// <summary>Whether a is as far from b as b from a.</summary>
    public virtual bool IsSymmetric => true;

    /// <summary>The largest distance of embeddings of length 1.</summary>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    public abstract double MaximumOfLengthOne(int embeddingSize);

    /// <summary>The distance of that name; null where there is none.</summary>
    public static Distance? Find(string name) => All.FirstOrDefault(distance => distance.Name == name);

    /// <summary>The distance of that name, for a name that was checked before.</summary>
    public static Distance Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no distance '{name}'.", nameof(name));

    /// <summary>The distance of a trial: between the two sides of a network where each has an encoder of its own.</summary>
    public static Distance Of(Hyperparameters hyperparameters) =>
        hyperparameters.Network is NetworkKind.PseudoSiamese ? new SidedDistance(Get(hyperparameters.Distance)) : Get(hyperparameters.Distance);

    /// <summary>Distances of rows, differentiable also where two rows are equal.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(B, D)</param>
    /// <returns>(B)</returns>
    public abstract torch.Tensor Between(torch.Tensor first, torch.Tensor second);

    /// <summary>Distances of every row to every row, differentiable also on the diagonal.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <returns>(B, B)</returns>
    public torch.Tensor Matrix(torch.Tensor embeddings) => Matrix(embeddings, embeddings);

    /// <summary>Distances of every row of the one to every row of the other.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(C, D)</param>
    /// <returns>(B, C)</returns>
    public abstract torch.Tensor Matrix(torch.Tensor first, torch.Tensor second);

    /// <summary>The distance of two embeddings of length D, without Torch; for evaluation and verdicts.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or are 0.</exception>
    public abstract float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second);
}
