using Siamese.Contracts.Tuning;
using TorchSharp;

namespace Siamese.Model.Distances;

/// <summary>How far apart two embeddings are. A smaller distance always means more alike.</summary>
public abstract class Distance
{
    /// <summary>All distances, in the order of the help texts.</summary>
    public static IReadOnlyList<Distance> All { get; } =
        [new EuclideanDistance(), new SquaredEuclideanDistance(), new ManhattanDistance(), new CosineDistance()];

    /// <summary>The name that users and trials use.</summary>
    public abstract string Name { get; }

    /// <summary>The largest possible distance; infinite if unbounded. A larger margin could never be met.</summary>
    public virtual double Maximum => double.PositiveInfinity;

    /// <summary>Whether d(a, b) = d(b, a).</summary>
    public virtual bool IsSymmetric => true;

    /// <summary>The largest distance between embeddings of length 1.</summary>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    public abstract double MaximumOfLengthOne(int embeddingSize);

    /// <summary>The default margins of losses in units of this distance.</summary>
    /// <param name="embeddingSize">Width D of an embedding.</param>
    /// <param name="isNormalized">Whether embeddings have length 1. On average, they are then a Euclidean distance of √2 apart.</param>
    public abstract DefaultMargins DefaultMargins(int embeddingSize, bool isNormalized);

    /// <summary>The distance with this name, or null.</summary>
    public static Distance? Find(string name) => All.FirstOrDefault(distance => distance.Name == name);

    /// <summary>The distance with this name, which must be a known name.</summary>
    public static Distance Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no distance '{name}'.", nameof(name));

    /// <summary>The distance of a trial. In a pseudo-Siamese network it is between the two sides.</summary>
    public static Distance Of(Hyperparameters hyperparameters) =>
        hyperparameters.Network is NetworkKind.PseudoSiamese ? new SidedDistance(Get(hyperparameters.Distance)) : Get(hyperparameters.Distance);

    /// <summary>Distances between corresponding rows; differentiable even if two rows are equal.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(B, D)</param>
    /// <returns>(B)</returns>
    public abstract torch.Tensor Between(torch.Tensor first, torch.Tensor second);

    /// <summary>Distances from every row to every row; differentiable even on the diagonal.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <returns>(B, B)</returns>
    public torch.Tensor Matrix(torch.Tensor embeddings) => Matrix(embeddings, embeddings);

    /// <summary>Distances from every row of <paramref name="first"/> to every row of <paramref name="second"/>.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(C, D)</param>
    /// <returns>(B, C)</returns>
    public abstract torch.Tensor Matrix(torch.Tensor first, torch.Tensor second);

    /// <summary>The distance between two embeddings of D numbers, without Torch; for evaluation and verdicts.</summary>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public abstract float Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second);
}

/// <summary>The default margins of losses in units of a distance.</summary>
/// <param name="Absolute">
/// How far a loss pushes *different* pairs apart: about as hard to reach as 2 with the Euclidean distance, or 1 if embeddings have
/// length 1.
/// </param>
/// <param name="Gap">The gap between two distances that a loss on triplets demands: half as much, and less if distances are bounded.</param>
public readonly record struct DefaultMargins(double Absolute, double Gap);
