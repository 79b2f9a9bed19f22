using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Miners;

/// <summary>Chooses the triplets of a batch that are worth learning from. The choice gets no gradient.</summary>
public abstract class Miner
{
    /// <summary>Farther than any real distance, but finite.</summary>
    private protected const float Beyond = 1e30f;

    /// <summary>The name of mining that uses every triplet: without a miner.</summary>
    public const string None = "all";

    /// <summary>All miners.</summary>
    public static IReadOnlyList<Miner> All { get; } = [new SemiHardMiner(), new BatchHardMiner()];

    /// <summary>The name that users and trials use.</summary>
    public abstract string Name { get; }

    /// <summary>The miner with this name, or null.</summary>
    public static Miner? Find(string name) => All.FirstOrDefault(miner => miner.Name == name);

    /// <summary>The miner of a trial; null if it uses every triplet, or has no mining.</summary>
    public static Miner? Of(Hyperparameters hyperparameters) => hyperparameters.Mining is null or None
        ? null
        : Find(hyperparameters.Mining) ?? throw new ArgumentException($"There is no mining '{hyperparameters.Mining}'.", nameof(hyperparameters));

    /// <param name="distances">(B, B)</param>
    /// <param name="pairs">Which pairs are *same* and which are *different*.</param>
    internal Triplets Mine(torch.Tensor distances, PairMasks pairs)
    {
        using var noGradient = torch.no_grad();
        return Mine(distances.detach(), pairs.Same, pairs.Different);
    }

    /// <param name="d">(B, B), without a gradient</param>
    /// <param name="same">(B, B), bool; no image is paired with itself.</param>
    /// <param name="different">(B, B), bool</param>
    private protected abstract Triplets Mine(torch.Tensor d, torch.Tensor same, torch.Tensor different);

    /// <summary>The values where the mask is set, and <paramref name="otherwise"/> elsewhere.</summary>
    private protected static torch.Tensor Where(torch.Tensor mask, torch.Tensor values, float otherwise) =>
        torch.where(mask, values, torch.tensor(otherwise));
}
