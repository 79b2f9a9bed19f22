using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Rotates, scales and slants pen strokes, and bends them by displacements that change smoothly along the path; what
/// <see cref="Warp"/> does to images.
/// </summary>
/// <param name="rotation">Maximum rotation in degrees, either way.</param>
/// <param name="scaling">Maximum share by which height and width, independently, grow or shrink.</param>
/// <param name="shear">Maximum slant, either way.</param>
/// <param name="elastic">Maximum displacement of a point, as a share of the larger side.</param>
public sealed class PathWarp(double rotation, double scaling, double shear, double elastic) : InputChange
{
    private const int Knots = 8;

    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Rotation > 0 || h.Scaling > 0 || h.Shear > 0 || h.Elastic > 0
        ? new PathWarp(h.Rotation ?? 0, h.Scaling ?? 0, h.Shear ?? 0, h.Elastic ?? 0)
        : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var (count, points) = (items.shape[0], items.shape[1]);
        var draws = Draw(4, count, generator); // (4, B)
        var angle = draws[0].Times(rotation * Math.PI / 180);
        var (cos, sin) = (angle.cos(), angle.sin());
        var (scaleX, scaleY) = (draws[1].Times(scaling).Plus(1), draws[2].Times(scaling).Plus(1));
        var x = stack([cos * scaleX, (draws[3].Times(shear) - sin) * scaleY], 1); // (B, 2)
        var y = stack([sin * scaleX, cos * scaleY], 1); // (B, 2)
        var place = items.narrow(2, 0, 2).matmul(stack([x, y], 2)); // (B, T, 2)
        if (elastic > 0)
            place = place.Plus(Paths.Smooth(Draw(2 * Knots, count, generator).t().reshape(count, 2, Knots).Times(elastic), points).transpose(1, 2));
        return Paths.Boxed(cat([place, items.narrow(2, 2, 3)], 2));
    }
}
