using TorchSharp;

namespace Siamese.Model.Miners;

/// <summary>Chooses the triplets of a batch that are worth learning from. No gradient goes through the choice.</summary>
public abstract class Miner
{
    /// <summary>Farther than any image can be, and still a number.</summary>
    private protected const float Beyond = 1e30f;

    /// <summary>Every miner there is; to take every triplet, ask none of them.</summary>
    public static IReadOnlyList<Miner> All { get; } = [new SemiHardMiner(), new BatchHardMiner()];

    /// <summary>The name that users and trials know it by.</summary>
    public abstract string Name { get; }

    /// <summary>The miner of that name; null where there is none.</summary>
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

    /// <summary>Values where the mask is set, elsewhere the number.</summary>
    private protected static torch.Tensor Where(torch.Tensor mask, torch.Tensor values, float otherwise) =>
        torch.where(mask, values, torch.tensor(otherwise));
}
