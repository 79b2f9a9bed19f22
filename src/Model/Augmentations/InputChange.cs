using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>A random, label-preserving change of training images, drawn separately for each image.</summary>
public abstract class ImageChange
{
    /// <summary>Every change in the order of application, as a trial's strengths set it; null if they are 0.</summary>
    private static readonly Func<Hyperparameters, ImageChange?>[] _all = [StrokeWidth.From, Crop.From, Warp.From, Flip.From, ColourJitter.From, GaussianBlur.From, GaussianNoise.From, Erasing.From];

    /// <param name="images">(B, C, H, W), 0 to 1.</param>
    /// <param name="generator">The trial's generator.</param>
    /// <returns>(B, C, H, W), 0 to 1 except for rounding.</returns>
    public abstract Tensor Apply(Tensor images, Generator generator);

    /// <summary>The changes that a trial makes, in order; empty without augmentation. Changes of strength 0 are left out.</summary>
    public static IReadOnlyList<ImageChange> Of(Hyperparameters hyperparameters) =>
        hyperparameters.Augment ? [.. _all.Select(from => from(hyperparameters)).OfType<ImageChange>()] : [];

    /// <summary>Draws numbers from −1 to 1 for each image.</summary>
    /// <returns>(count, B)</returns>
    private protected static Tensor Draw(long count, long images, Generator generator) =>
        rand([count, images], generator: generator).Times(2d).Plus(-1);
}
