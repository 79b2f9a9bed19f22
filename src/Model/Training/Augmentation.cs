using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>
/// A random affine map for each image of a batch: rotation ±15°, scale ±15 % in either direction, shear ±0.2, shift
/// ±6 % of the side. Sampled bilinearly; outside, an image goes on as its edge is, so that dark ink on light paper gets no
/// black corners that it never has otherwise.
/// </summary>
public static class Augmentation
{
    private const double Rotation = 0.26; // radians
    private const double Scale = 0.15;
    private const double Shear = 0.2;
    private const double Shift = 0.12; // of half the side

    /// <param name="images">(B, 1, H, W)</param>
    /// <param name="generator">The trial's own.</param>
    /// <returns>(B, 1, H, W)</returns>
    public static Tensor Apply(Tensor images, Generator generator)
    {
        using var draws = rand([6, images.shape[0]], generator: generator).Times(2d).Plus(-1); // (6, B)
        var angle = draws[0].Times(Rotation);
        var (cos, sin) = (angle.cos(), angle.sin());
        var (scaleX, scaleY) = (draws[1].Times(Scale).Plus(1), draws[2].Times(Scale).Plus(1));
        var shear = draws[3].Times(Shear);
        var x = stack([cos * scaleX, shear - sin, draws[4].Times(Shift)], 1); // (B, 3)
        var y = stack([sin, cos * scaleY, draws[5].Times(Shift)], 1); // (B, 3)
        var grid = nn.functional.affine_grid(stack([x, y], 1), images.shape, align_corners: false); // (B, H, W, 2)
        return nn.functional.grid_sample(images, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false);
    }
}
