using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>What training minimizes: a <see cref="PairLoss"/>, a <see cref="TripletLoss"/> or a <see cref="SimilarityLoss"/>.</summary>
public abstract class Loss
{
    /// <summary>The loss over all pairs or triplets in a batch of images.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <param name="labels">(B), int64: the class of each image.</param>
    /// <returns>A scalar.</returns>
    public torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels) => OverBatch(embeddings, PairMasks.Of(labels));

    /// <summary>The loss over the pairs or triplets that masks allow.</summary>
    /// <param name="embeddings">(B, D)</param>
    /// <param name="pairs">Which pairs are *same* and which are *different*; of some pairs nothing may be known.</param>
    /// <returns>A scalar.</returns>
    internal abstract torch.Tensor OverBatch(torch.Tensor embeddings, PairMasks pairs);
}
