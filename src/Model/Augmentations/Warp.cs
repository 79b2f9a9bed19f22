using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Applies a random affine map to each image, and an elastic distortion (Simard, Steinkraus, Platt, ICDAR 2003) by a smooth
/// field: random displacements of a coarse grid of points, with cubic interpolation between them. Both are sampled at once,
/// bilinearly. Edge pixels are repeated beyond the border, so that dark ink on light paper does not get black corners.
/// </summary>
/// <param name="rotation">Maximum rotation in degrees, either way.</param>
/// <param name="scaling">Maximum share by which height and width, independently, grow or shrink.</param>
/// <param name="shear">Maximum shear per row, either way.</param>
/// <param name="shift">Maximum shift as a share of the side, either way.</param>
/// <param name="elastic">Maximum displacement of the field's points, as a share of the side.</param>
public sealed class Warp(double rotation, double scaling, double shear, double shift, double elastic) : InputChange
{
    /// <summary>Points of the field along each side. Few enough that strokes bend instead of tearing.</summary>
    private const int FieldPoints = 5;

    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Rotation > 0 || h.Scaling > 0 || h.Shear > 0 || h.Shift > 0 || h.Elastic > 0
        ? new Warp(h.Rotation ?? 0, h.Scaling ?? 0, h.Shear ?? 0, h.Shift ?? 0, h.Elastic ?? 0)
        : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var grid = functional.affine_grid(Map(items.shape, generator), items.shape, align_corners: false); // (B, H, W, 2)
        if (elastic > 0)
            grid = grid.Plus(Field(items.shape, generator));
        return functional.grid_sample(items, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false);
    }

    /// <returns>(B, 2, 3)</returns>
    private Tensor Map(long[] shape, Generator generator)
    {
        var draws = Draw(6, shape[0], generator); // (6, B)
        var angle = draws[0].Times(rotation * Math.PI / 180);
        var (cos, sin) = (angle.cos(), angle.sin());
        var (scaleX, scaleY) = (draws[1].Times(scaling).Plus(1), draws[2].Times(scaling).Plus(1));
        // In grid coordinates a side has length 2, so a pixel of an image that is not square is not square either.
        var ratio = (double)shape[2] / shape[3];
        var x = stack([cos * scaleX, (draws[3].Times(shear) - sin).Times(ratio), draws[4].Times(2 * shift)], 1); // (B, 3)
        var y = stack([sin.Times(1 / ratio), cos * scaleY, draws[5].Times(2 * shift)], 1); // (B, 3)
        return stack([x, y], 1);
    }

    /// <returns>(B, H, W, 2)</returns>
    private Tensor Field(long[] shape, Generator generator)
    {
        var points = Draw(2 * FieldPoints * FieldPoints, shape[0], generator).Times(2 * elastic); // (2·P·P, B)
        var coarse = points.t().reshape(shape[0], 2, FieldPoints, FieldPoints);
        return functional.interpolate(coarse, [shape[2], shape[3]], mode: InterpolationMode.Bicubic, align_corners: true).permute(0, 2, 3, 1);
    }
}
