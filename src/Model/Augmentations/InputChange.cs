using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>A random, label-preserving change of training images or pen strokes, drawn separately for each.</summary>
public abstract class InputChange
{
    /// <summary>Every change of images in the order of application, as a trial's strengths set it; null if they are 0.</summary>
    private static readonly Func<Hyperparameters, InputChange?>[] _ofImages = [StrokeWidth.From, Crop.From, Warp.From, Flip.From, ColourJitter.From, GaussianBlur.From, GaussianNoise.From, Erasing.From];

    /// <summary>The same for strokes.</summary>
    private static readonly Func<Hyperparameters, InputChange?>[] _ofStrokes = [StrokeOrder.From, DroppedEnds.From, TimeWarp.From, PathWarp.From, PathNoise.From];

    /// <param name="items">Images: (B, C, H, W), 0 to 1. Strokes: (B, T, 5).</param>
    /// <param name="generator">The trial's generator.</param>
    /// <returns>The same shape; images 0 to 1 except for rounding.</returns>
    public abstract Tensor Apply(Tensor items, Generator generator);

    /// <summary>The changes that a trial makes, in order; empty without augmentation. Changes of strength 0 are left out.</summary>
    /// <param name="hyperparameters">The trial's hyperparameters.</param>
    /// <param name="kind">What is changed.</param>
    public static IReadOnlyList<InputChange> Of(Hyperparameters hyperparameters, InputKinds kind = InputKinds.Images) =>
        hyperparameters.Augment ? [.. (kind switch { InputKinds.Images => _ofImages, InputKinds.Strokes => _ofStrokes, _ => [] }).Select(from => from(hyperparameters)).OfType<InputChange>()] : [];

    /// <summary>Draws numbers from −1 to 1 for each item.</summary>
    /// <returns>(count, B)</returns>
    private protected static Tensor Draw(long count, long items, Generator generator) =>
        rand([count, items], generator: generator).Times(2d).Plus(-1);
}
