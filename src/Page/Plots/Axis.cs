namespace Siamese.Page.Plots;

/// <summary>Maps values from 0 to a largest one to places of a plot.</summary>
/// <param name="largest">The largest value, above 0.</param>
/// <param name="from">The place of 0.</param>
/// <param name="to">The place of the largest value.</param>
public sealed class Axis(double largest, double from, double to)
{
    private const int MostTicks = 6;

    private static readonly double[] _steps = [1, 2, 5, 10];

    /// <summary>The place of a value.</summary>
    public double At(double value) => from + (to - from) * value / largest;

    /// <summary>Round values at the same distance from each other, at most six besides 0.</summary>
    /// <param name="isWhole">Whether they are whole numbers.</param>
    public IEnumerable<double> Ticks(bool isWhole)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest / MostTicks)));
        var step = _steps.Select(factor => factor * power).First(step => largest / step <= MostTicks + 1e-9);
        step = isWhole ? Math.Max(1, step) : step;
        return Enumerable.Range(0, (int)Math.Floor(largest / step + 1e-9) + 1).Select(tick => tick * step);
    }
}
