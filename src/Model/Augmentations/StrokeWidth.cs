using Siamese.Model.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Makes strokes thicker or thinner: a share of the way to the image's dilation or erosion by a square of 3×3 pixels,
/// which moves the edge of a stroke by a pixel. Which of them thickens depends on whether the ink is light or dark, and
/// either is as likely.
/// </summary>
/// <param name="pixels">Edges move by up to so many pixels, at most 1.</param>
public sealed class StrokeWidth(double pixels) : ImageChange
{
    public override Tensor Apply(Tensor images, Generator generator)
    {
        var amount = Draw(1, images.shape[0], generator).Times(pixels).view(-1, 1, 1, 1); // (B, 1, 1, 1)
        var lighter = Dilated(images) - images; // (B, 1, H, W)
        var darker = images.Plus(Dilated(images.neg())); // (B, 1, H, W): by how much the erosion is below
        return images.Plus(lighter * amount.AtLeast(0)) - darker * amount.neg().AtLeast(0);
    }

    private static Tensor Dilated(Tensor images) => functional.max_pool2d(images, 3, 1, 1);
}
