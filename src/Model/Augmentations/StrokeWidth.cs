using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Makes strokes thicker or thinner: blends the image with its dilation or erosion by a square of 3×3 pixels, which moves
/// the edge of a stroke by one pixel. Which of the two thickens strokes depends on whether the ink is light or dark; both
/// are equally likely.
/// </summary>
/// <param name="pixels">Maximum number of pixels that edges move, at most 1.</param>
public sealed class StrokeWidth(double pixels) : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Stroke > 0 ? new StrokeWidth(h.Stroke.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var amount = Draw(1, items.shape[0], generator).Times(pixels).view(-1, 1, 1, 1); // (B, 1, 1, 1)
        var lighter = Dilated(items) - items; // (B, C, H, W)
        var darker = items.Plus(Dilated(items.neg())); // (B, C, H, W): how far the erosion is below the image
        return items.Plus(lighter * amount.AtLeast(0)) - darker * amount.neg().AtLeast(0);
    }

    private static Tensor Dilated(Tensor items) => functional.max_pool2d(items, 3, 1, 1);
}
