using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Augmentations;

/// <summary>Blurs each image with a Gaussian of random width. Edge pixels are repeated beyond the border.</summary>
/// <param name="deviation">Standard deviation of the widest Gaussian, in pixels.</param>
public sealed class GaussianBlur(double deviation) : InputChange
{
    /// <summary>A narrower blur is invisible, and 0 is not a valid width for a Gaussian.</summary>
    private const double Least = 0.05;

    private readonly int _radius = (int)Math.Ceiling(3 * deviation);

    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Blur > 0 ? new GaussianBlur(h.Blur.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var planes = items.shape[0] * items.shape[1];
        var weights = Weights(items.shape[0], generator).repeat_interleave(items.shape[1], dim: 0); // (B·C, K)
        var x = functional.pad(items, [_radius, _radius, _radius, _radius], TorchSharp.PaddingModes.Replicate); // (B, C, H', W')
        // Each channel of each image has its own filters.
        x = x.reshape(1, planes, x.shape[2], x.shape[3]); // (1, B·C, H', W')
        x = functional.conv2d(x, weights.view(planes, 1, 1, -1), groups: planes); // (1, B·C, H', W)
        x = functional.conv2d(x, weights.view(planes, 1, -1, 1), groups: planes); // (1, B·C, H, W)
        return x.reshape(items.shape);
    }

    /// <returns>(B, K): e^(−t²/2σ²) over t, normalized to sum 1.</returns>
    private Tensor Weights(long items, Generator generator)
    {
        var sigma = Draw(1, items, generator).abs().Times(deviation).AtLeast(Least).view(-1, 1); // (B, 1)
        var t = tensor(Enumerable.Range(-_radius, (2 * _radius) + 1).Select(step => (float)step).ToArray()).view(1, -1); // (1, K)
        var bell = (t / sigma).Squared().Times(-0.5).exp(); // (B, K)
        return bell / bell.sum(1, keepdim: true);
    }
}
