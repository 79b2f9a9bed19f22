using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>A loss on pairs.</summary>
public abstract class PairLoss : Loss
{
    /// <summary>The mean loss over given pairs.</summary>
    /// <param name="first">(B, D)</param>
    /// <param name="second">(B, D)</param>
    /// <param name="different">(B), bool: whether the pair is *different*.</param>
    /// <returns>A scalar.</returns>
    public abstract torch.Tensor OverPairs(torch.Tensor first, torch.Tensor second, torch.Tensor different);
}
