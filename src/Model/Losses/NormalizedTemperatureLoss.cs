using Siamese.Model.Distances;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// NT-Xent, the normalised, temperature-scaled cross-entropy: for each anchor and each image p of its class,
/// −log(e^(s_p/τ) / (e^(s_p/τ) + Σ_n e^(s_n/τ))); s is the cosine similarity and n runs over the images of other classes.
/// Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020, with images of the same
/// class in place of its augmented views.
/// </summary>
/// <remarks>A NaN embedding makes the loss NaN.</remarks>
public sealed class NormalizedTemperatureLoss : Loss
{
    private readonly Distance _distance;
    private readonly double _temperature;

    /// <param name="distance">A cosine distance.</param>
    /// <param name="temperature">τ, above 0; the smaller, the more the nearest images of other classes count.</param>
    public NormalizedTemperatureLoss(Distance distance, double temperature)
    {
        if (!double.IsFinite(temperature) || temperature <= 0)
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature must be greater than 0.");
        (_distance, _temperature) = (distance, temperature);
    }

    /// <summary>The mean over all anchors and images of their class; 0 without any.</summary>
    /// <inheritdoc/>
    public override torch.Tensor OverBatch(torch.Tensor embeddings, torch.Tensor labels)
    {
        var batch = SimilarityBatch.Of(_distance, embeddings, labels);
        var logits = batch.Similarities.DividedBy(_temperature); // (B, B)
        var others = SimilarityBatch.LogSumExp(logits, batch.Different).unsqueeze(1); // (B, 1)
        var losses = Softplus.Of(others - logits); // (B, B)
        return (losses * batch.Same).sum() / batch.Same.sum().AtLeast(1);
    }
}
