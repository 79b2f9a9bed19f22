namespace Siamese.Testing.Signatures;

/// <summary>
/// One stroke of the sigma-lognormal model (O'Reilly and Plamondon 2009): a movement along an arc of a circle. Strokes overlap in
/// time, and their velocities add up.
/// </summary>
/// <param name="Pulse">The speed along the arc.</param>
/// <param name="StartAngle">Direction at the start (θs), in radians, counter-clockwise from the right.</param>
/// <param name="EndAngle">Direction at the end (θe), in radians.</param>
/// <param name="IsInk">Whether the pen is on the paper.</param>
internal readonly record struct PenStroke(LogNormalPulse Pulse, double StartAngle, double EndAngle, bool IsInk)
{
    /// <summary>The same stroke to another place, relative to its start, in mm: longer or shorter and rotated, as bent as before.</summary>
    public PenStroke Towards(double x, double y)
    {
        var (ownX, ownY) = Displacement(double.PositiveInfinity);
        var rotation = Math.IEEERemainder(Math.Atan2(y, x) - Math.Atan2(ownY, ownX), 2 * Math.PI);
        var scale = Math.Sqrt(((x * x) + (y * y)) / ((ownX * ownX) + (ownY * ownY)));
        return this with
        {
            Pulse = Pulse with { Amplitude = scale * Pulse.Amplitude },
            StartAngle = StartAngle + rotation,
            EndAngle = EndAngle + rotation,
        };
    }

    /// <summary>
    /// How far the stroke has moved the pen, in mm. The direction turns in proportion to the distance covered, so the integral
    /// of the velocity is an arc, and no steps need to be added up.
    /// </summary>
    public (double X, double Y) Displacement(double time)
    {
        var turn = EndAngle - StartAngle;
        var share = Pulse.Share(time);
        if (Math.Abs(turn) < 1e-9)
            return (Pulse.Amplitude * share * Math.Cos(StartAngle), Pulse.Amplitude * share * Math.Sin(StartAngle));
        var angle = StartAngle + (turn * share);
        var radius = Pulse.Amplitude / turn;
        return (radius * (Math.Sin(angle) - Math.Sin(StartAngle)), radius * (Math.Cos(StartAngle) - Math.Cos(angle)));
    }
}
