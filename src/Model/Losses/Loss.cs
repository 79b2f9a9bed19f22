using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>What training makes small. Either a <see cref="PairLoss"/> or a <see cref="TripletLoss"/>.</summary>
public abstract class Loss
{
    /// <summary>The loss over every pair or triplet that a batch of images contains.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <param name="labels">(B), int64: the class of each image.</param>
    /// <returns>A scalar.</returns>
    public abstract torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels);
}
