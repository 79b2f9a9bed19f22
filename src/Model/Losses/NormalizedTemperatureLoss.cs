using Siamese.Model.Distances;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// NT-Xent, the normalised, temperature-scaled cross-entropy: for each anchor and each image p of its class,
/// −log(e^(s_p/τ) / (e^(s_p/τ) + Σ_n e^(s_n/τ))); s is the cosine similarity and n runs over the *different* images.
/// Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020, with images of the same
/// class in place of its augmented views.
/// </summary>
public sealed class NormalizedTemperatureLoss : SimilarityLoss
{
    private readonly double _temperature;

    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnSimilarities(
        "nt-xent", (h, distance) => new NormalizedTemperatureLoss(distance, h.Temperature!.Value), ("temperature", 0.1));

    /// <param name="distance">A cosine distance.</param>
    /// <param name="temperature">τ, above 0; the smaller, the more the nearest images of other classes count.</param>
    public NormalizedTemperatureLoss(Distance distance, double temperature) : base(distance) =>
        _temperature = Checked.Positive(temperature, "A temperature");

    /// <summary>The mean over all anchors and images of their class; 0 without any.</summary>
    /// <inheritdoc/>
    private protected override torch.Tensor Over(torch.Tensor s, PairMasks pairs)
    {
        var logits = s.DividedBy(_temperature); // (B, B)
        var others = LogSumExp(logits, pairs.Different).unsqueeze(1); // (B, 1)
        var losses = Softplus.Of(others - logits); // (B, B)
        return (losses * pairs.Same).sum() / pairs.Same.sum().AtLeast(1);
    }
}
