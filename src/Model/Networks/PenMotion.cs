using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// How a pen moves at each of T points: what features of strokes are made of. Differences are central; at both ends the
/// nearest point stands in for the missing one.
/// </summary>
internal sealed class PenMotion
{
    /// <summary>Lower limit of a time step, as a share of the drawing's duration: pens that report two points at once have no speed.</summary>
    private const double ShortestStep = 1e-3;

    /// <summary>Lower limit of a way, in units of the drawing's larger side, before dividing by it.</summary>
    private const double ShortestWay = 1e-6;

    private readonly Tensor _step;

    /// <param name="points">(B, T, 5): x, y, time, pen and pressure.</param>
    public PenMotion(Tensor points)
    {
        (X, Y, Time, Pen, Pressure) = (points.select(2, 0), points.select(2, 1), points.select(2, 2), points.select(2, 3), points.select(2, 4));
        var (dx, dy) = (Difference(X), Difference(Y));
        Way = dx.Squared().Plus(dy.Squared()).sqrt();
        _step = Difference(Time).AtLeast(ShortestStep);
        (DirectionX, DirectionY) = (dx / Way.AtLeast(ShortestWay), dy / Way.AtLeast(ShortestWay));
        Speed = Way / _step;
        var ((beforeX, afterX), (beforeY, afterY)) = (Neighbours(DirectionX), Neighbours(DirectionY));
        TurnCosine = (beforeX * afterX).Plus(beforeY * afterY);
        TurnSine = (beforeX * afterY) - (beforeY * afterX);
    }

    /// <summary>(B, T), like the properties below: −0.5 to 0.5 along the larger side.</summary>
    public Tensor X { get; }

    public Tensor Y { get; }

    /// <summary>Share of the duration, 0 to 1.</summary>
    public Tensor Time { get; }

    /// <summary>1 on paper, −1 above it.</summary>
    public Tensor Pen { get; }

    /// <summary>0 to 1.</summary>
    public Tensor Pressure { get; }

    /// <summary>Cosine of the direction of movement; 0 at rest.</summary>
    public Tensor DirectionX { get; }

    /// <summary>Sine of the direction of movement; 0 at rest.</summary>
    public Tensor DirectionY { get; }

    /// <summary>From the point before to the point after, in larger sides.</summary>
    public Tensor Way { get; }

    /// <summary>In larger sides per duration.</summary>
    public Tensor Speed { get; }

    /// <summary>Cosine of the angle by which the pen turns at the point.</summary>
    public Tensor TurnCosine { get; }

    /// <summary>Sine of the angle by which the pen turns at the point.</summary>
    public Tensor TurnSine { get; }

    /// <summary>Change of the speed per duration.</summary>
    public Tensor TangentialAcceleration => Difference(Speed) / _step;

    /// <summary>Speed times change of the direction per duration.</summary>
    public Tensor CentripetalAcceleration => Speed * atan2(TurnSine, TurnCosine) / _step;

    private static Tensor Difference(Tensor values)
    {
        var (before, after) = Neighbours(values);
        return after - before;
    }

    /// <returns>(B, T) each: the values before and after each point.</returns>
    private static (Tensor Before, Tensor After) Neighbours(Tensor values)
    {
        var last = values.shape[1] - 1;
        return (cat([values.narrow(1, 0, 1), values.narrow(1, 0, last)], 1), cat([values.narrow(1, 1, last), values.narrow(1, last, 1)], 1));
    }
}
