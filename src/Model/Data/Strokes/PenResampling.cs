namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Turns a drawing into a fixed number of points, as Bromley et al. ("Signature verification using a 'Siamese' time delay
/// neural network", 1993) do: gaps between strokes are bridged by straight lines and marked as such.
/// </summary>
internal static class PenResampling
{
    /// <summary>A position this close to a point, as a share of the way to it, is on the point. It absorbs rounding.</summary>
    private const double OnPoint = 1e-9;

    /// <summary>
    /// The drawing as <paramref name="points"/> points at equal steps. The first and the last are its ends.
    /// <list type="bullet">
    /// <item>x, y: relative to the middle of the bounding box, divided by the box's larger side, so from -0.5 to 0.5.</item>
    /// <item>Time: from 0 to 1, with pauses shortened (<see cref="PenClock"/>); the share of the path's length if it has no times.</item>
    /// <item>Pen: 1 if it is down, -1 in a gap between strokes.</item>
    /// <item>Pressure: a share of the highest one; interpolated in gaps too. 1 everywhere if the path has no pressures.</item>
    /// </list>
    /// </summary>
    /// <param name="path">The drawing.</param>
    /// <param name="points">Two or more.</param>
    /// <param name="byTime">
    /// Equal steps of time, with pauses shortened, if the path has times. Otherwise equal steps of the path's length, of
    /// which gaps are a part.
    /// </param>
    /// <returns>The points one after the other, <see cref="StrokeShape.Channels"/> values each, all finite.</returns>
    public static float[] Apply(PenPath path, int points, bool byTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var ink = path.Points;
        var (x, y) = Normalize(ink);
        var lengths = Lengths(x, y);
        var times = path.HasTime ? PenClock.Of(ink) : lengths;
        var clock = byTime ? times : lengths;
        var highest = ink.Max(point => point.Pressure);
        var pressures = path.HasPressure ? Array.ConvertAll(ink, point => point.Pressure / highest) : null;

        var result = new float[points * StrokeShape.Channels];
        var next = 1;
        for (var i = 0; i < points; i++)
        {
            var position = (double)i / (points - 1);
            while (next < ink.Length - 1 && (clock[next] < position || i == points - 1))
                next++;
            var span = clock[next] - clock[next - 1];
            // Several points may share a position, at the start and at the end.
            var share = i == points - 1 ? 1 : span > 0 ? Math.Clamp((position - clock[next - 1]) / span, 0, 1) : 0;
            var isGap = ink[next].StartsStroke && share is > OnPoint and < 1 - OnPoint;
            var values = result.AsSpan(i * StrokeShape.Channels, StrokeShape.Channels);
            values[0] = Between(x);
            values[1] = Between(y);
            values[2] = Between(times);
            values[3] = isGap ? -1 : 1;
            values[4] = pressures is null ? 1 : Between(pressures);

            float Between(double[] numbers) => (float)(numbers[next - 1] + share * (numbers[next] - numbers[next - 1]));
        }

        return result;
    }

    private static (double[] X, double[] Y) Normalize(PenPoint[] ink)
    {
        double[] x = Array.ConvertAll(ink, point => point.X), y = Array.ConvertAll(ink, point => point.Y);
        var side = Math.Max(x.Max() - x.Min(), y.Max() - y.Min());
        return (Centre(x), Centre(y));

        double[] Centre(double[] values)
        {
            var (low, high) = (values.Min(), values.Max());
            return Array.ConvertAll(values, value => (value - low) / side - (high - low) / side / 2);
        }
    }

    /// <summary>The share of the path's length before each point. The larger side of the box is 1, so the length is not 0.</summary>
    private static double[] Lengths(double[] x, double[] y)
    {
        var lengths = new double[x.Length];
        for (var i = 1; i < x.Length; i++)
            lengths[i] = lengths[i - 1] + Math.Sqrt(Math.Pow(x[i] - x[i - 1], 2) + Math.Pow(y[i] - y[i - 1], 2));
        return Array.ConvertAll(lengths, length => length / lengths[^1]);
    }
}
