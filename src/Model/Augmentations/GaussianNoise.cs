using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>Adds normal noise to every pixel, with a random strength for each image, and clamps the result to 0..1.</summary>
/// <param name="deviation">Standard deviation of the strongest noise, where black to white is 1.</param>
public sealed class GaussianNoise(double deviation) : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Noise > 0 ? new GaussianNoise(h.Noise.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var strength = Draw(1, items.shape[0], generator).abs().Times(deviation).view(-1, 1, 1, 1); // (B, 1, 1, 1)
        return items.Plus(randn(items.shape, generator: generator) * strength).AtLeast(0).AtMost(1);
    }
}
