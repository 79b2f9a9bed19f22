using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>A random, label-preserving change of training images, drawn separately for each image.</summary>
public abstract class ImageChange
{
    /// <param name="images">(B, 1, H, W), 0 to 1.</param>
    /// <param name="generator">The trial's generator.</param>
    /// <returns>(B, 1, H, W), 0 to 1 except for rounding.</returns>
    public abstract Tensor Apply(Tensor images, Generator generator);

    /// <summary>The changes that a trial makes, in order; empty without augmentation. Changes of strength 0 are left out.</summary>
    public static IReadOnlyList<ImageChange> Of(Hyperparameters hyperparameters)
    {
        if (!hyperparameters.Augment)
            return [];
        var h = hyperparameters;
        var changes = new List<ImageChange>();
        if (h.Stroke > 0)
            changes.Add(new StrokeWidth(h.Stroke.Value));
        if (h.Rotation > 0 || h.Scaling > 0 || h.Shear > 0 || h.Shift > 0 || h.Elastic > 0)
            changes.Add(new Warp(h.Rotation ?? 0, h.Scaling ?? 0, h.Shear ?? 0, h.Shift ?? 0, h.Elastic ?? 0));
        if (h.Blur > 0)
            changes.Add(new GaussianBlur(h.Blur.Value));
        if (h.Noise > 0)
            changes.Add(new GaussianNoise(h.Noise.Value));
        return changes;
    }

    /// <summary>Draws numbers from −1 to 1 for each image.</summary>
    /// <returns>(count, B)</returns>
    private protected static Tensor Draw(long count, long images, Generator generator) =>
        rand([count, images], generator: generator).Times(2d).Plus(-1);
}
