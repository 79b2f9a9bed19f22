using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Augmentations;

/// <summary>Cuts a random part with the proportions of the image out of it, and enlarges that to the image's size, bilinearly.</summary>
/// <param name="share">Largest share of each side that is cut away, 0 to 0.9.</param>
public sealed class Crop(double share) : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Crop > 0 ? new Crop(h.Crop.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var draws = Draw(3, items.shape[0], generator); // (3, B)
        var cut = draws[0].abs().Times(share); // (B)
        var size = cut.neg().Plus(1); // (B): also the scale in grid coordinates, in which a side has length 2
        var zero = zeros_like(size);
        var x = stack([size, zero, draws[1] * cut], 1); // (B, 3)
        var y = stack([zero, size, draws[2] * cut], 1); // (B, 3)
        var grid = functional.affine_grid(stack([x, y], 1), items.shape, align_corners: false); // (B, H, W, 2)
        return functional.grid_sample(items, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false);
    }
}
