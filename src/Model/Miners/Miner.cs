using TorchSharp;

namespace Siamese.Model.Miners;

/// <summary>Chooses the triplets of a batch that are worth learning from. The choice gets no gradient.</summary>
public abstract class Miner
{
    /// <summary>Farther than any real distance, but finite.</summary>
    private protected const float Beyond = 1e30f;

    /// <summary>All miners. To use every triplet, use none of them.</summary>
    public static IReadOnlyList<Miner> All { get; } = [new SemiHardMiner(), new BatchHardMiner()];

    /// <summary>The name that users and trials use.</summary>
    public abstract string Name { get; }

    /// <summary>The miner with this name, or null.</summary>
    public static Miner? Find(string? name) => All.FirstOrDefault(miner => miner.Name == name);

    /// <param name="distances">(B, B)</param>
    /// <param name="labels">(B), int64: the class of each image.</param>
    public Triplets Mine(torch.Tensor distances, torch.Tensor labels)
    {
        using var noGradient = torch.no_grad();
        var equal = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // (B, B), bool
        var itself = torch.eye(labels.shape[0], dtype: torch.ScalarType.Bool); // (B, B), bool
        return Mine(distances.detach(), equal.logical_and(itself.logical_not()), equal.logical_not());
    }

    /// <param name="d">(B, B), without a gradient</param>
    /// <param name="same">(B, B), bool; no image is paired with itself.</param>
    /// <param name="different">(B, B), bool</param>
    private protected abstract Triplets Mine(torch.Tensor d, torch.Tensor same, torch.Tensor different);

    /// <summary>The values where the mask is set, and <paramref name="otherwise"/> elsewhere.</summary>
    private protected static torch.Tensor Where(torch.Tensor mask, torch.Tensor values, float otherwise) =>
        torch.where(mask, values, torch.tensor(otherwise));
}
