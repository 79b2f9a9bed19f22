using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// The eight features at each point of a signature in Bromley, Guyon, LeCun, Säckinger, Shah, "Signature Verification using a
/// Siamese Time Delay Neural Network", NIPS 1993: whether the pen is down; x and y as differences from a straight line in
/// time, divided by the deviation of y; speed; centripetal and tangential acceleration, each divided by its mean size; the
/// cosine of the direction; and the cosine of the local curvature.
/// </summary>
internal static class BromleyFeatures
{
    public const int Count = 8;

    /// <summary>Features are cut off here: the pen's jumps would drown everything else. The paper does not say what it did.</summary>
    private const double Largest = 10;

    /// <summary>Lower limit of what is divided by.</summary>
    private const double Smallest = 1e-3;

    /// <param name="points">(B, T, 5)</param>
    /// <returns>(B, 8, T)</returns>
    public static Tensor Of(Tensor points)
    {
        var pen = new PenMotion(points);
        var time = Centred(pen.Time);
        var (x, y) = (FromLine(pen.X, time), FromLine(pen.Y, time));
        var deviation = y.Squared().mean([1], keepdim: true).sqrt().AtLeast(Smallest); // (B, 1)
        Tensor[] features =
        [
            pen.Pen,
            x / deviation,
            y / deviation,
            PerMean(pen.Speed),
            PerMean(pen.CentripetalAcceleration),
            PerMean(pen.TangentialAcceleration),
            pen.DirectionX,
            pen.TurnCosine,
        ];
        return stack(features, 1).AtLeast(-Largest).AtMost(Largest);
    }

    /// <summary>The differences from the straight line in time that fits the values best.</summary>
    private static Tensor FromLine(Tensor values, Tensor time)
    {
        var slope = (values * time).sum(1, keepdim: true) / time.Squared().sum(1, keepdim: true).AtLeast(Smallest); // (B, 1)
        return Centred(values) - (slope * time);
    }

    private static Tensor Centred(Tensor values) => values - values.mean([1], keepdim: true);

    private static Tensor PerMean(Tensor values) => values / values.abs().mean([1], keepdim: true).AtLeast(Smallest);
}
