using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>A loss on triplets of an anchor, an image of the same class and one of another.</summary>
public abstract class TripletLoss : Loss
{
    /// <summary>The mean loss over given triplets.</summary>
    /// <param name="anchor">(B, D)</param>
    /// <param name="positive">(B, D)</param>
    /// <param name="negative">(B, D)</param>
    /// <returns>A scalar.</returns>
    public abstract torch.Tensor OverTriplets(torch.Tensor anchor, torch.Tensor positive, torch.Tensor negative);
}
