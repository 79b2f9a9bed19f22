using Siamese.Model.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Augmentations;

/// <summary>What changes of pen strokes have in common.</summary>
internal static class Paths
{
    private const double Smallest = 1e-6;

    /// <summary>The points at fractional places along each path, between two points by linear interpolation.</summary>
    /// <param name="points">(B, T, F)</param>
    /// <param name="places">(B, T): 0 is the first point, 1 the last; places beyond them count as these.</param>
    /// <returns>(B, T, F)</returns>
    public static Tensor At(Tensor points, Tensor places)
    {
        var last = points.shape[1] - 1;
        var place = places.AtLeast(0).AtMost(1).Times((double)last);
        var before = place.floor().AtMost(last - 1); // (B, T)
        var way = (place - before).unsqueeze(2); // (B, T, 1)
        var index = before.to(int64).unsqueeze(2).expand(points.shape); // (B, T, F)
        var (from, to) = (points.gather(1, index), points.gather(1, index.Plus(ones_like(index))));
        return from.Plus((to - from) * way);
    }

    /// <summary>Smooth curves through random values: (B, C, P) becomes (B, C, T), by cubic interpolation.</summary>
    public static Tensor Smooth(Tensor values, long points) =>
        functional.interpolate(values.unsqueeze(3), [points, 1], mode: InterpolationMode.Bicubic, align_corners: true).squeeze(3);

    /// <summary>Puts x and y back into their box, centred and with a larger side of 1, and times back between 0 and 1.</summary>
    /// <param name="points">(B, T, 5)</param>
    /// <returns>(B, T, 5)</returns>
    public static Tensor Boxed(Tensor points)
    {
        var place = points.narrow(2, 0, 2); // (B, T, 2)
        var (low, high) = (place.amin([1], keepdim: true), place.amax([1], keepdim: true)); // (B, 1, 2)
        var side = (high - low).amax([2], keepdim: true).AtLeast(Smallest); // (B, 1, 1)
        var time = points.narrow(2, 2, 1); // (B, T, 1)
        var (start, end) = (time.amin([1], keepdim: true), time.amax([1], keepdim: true));
        return cat([(place - low.Plus(high).Times(0.5)) / side, (time - start) / (end - start).AtLeast(Smallest), points.narrow(2, 3, 2)], 2);
    }
}
