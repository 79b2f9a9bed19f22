using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>What training minimizes: a <see cref="PairLoss"/>, a <see cref="TripletLoss"/> or a <see cref="SimilarityLoss"/>.</summary>
public abstract class Loss
{
    /// <summary>The loss over all pairs or triplets in a batch of images.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <param name="labels">(B), int64: the class of each image.</param>
    /// <returns>A scalar.</returns>
    public abstract torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels);
}
