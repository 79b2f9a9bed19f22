using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Siamese.Model.Data.Strokes;

/// <summary>The place of the pen at one moment.</summary>
/// <param name="X">In the unit of the file.</param>
/// <param name="Y">In the unit and direction of the file: in some formats it grows downwards, in others upwards.</param>
/// <param name="Time">In the unit of the file; never less than that of the point before.</param>
/// <param name="Pressure">In the unit of the file; never negative.</param>
/// <param name="StartsStroke">Whether it is the first point after the pen was put down.</param>
internal readonly record struct PenPoint(double X, double Y, double Time, double Pressure, bool StartsStroke);

/// <summary>A drawing as points with the pen down, in drawing order: at least two, not all at one place.</summary>
internal sealed record PenPath(PenPoint[] Points)
{
    /// <summary>Whether the times differ; a file without times gives equal ones.</summary>
    public bool HasTime { get; } = Array.Exists(Points, point => point.Time != Points[0].Time);

    /// <summary>A hash of its points: drawings with equal hashes are copies, whatever their format.</summary>
    public UInt128 Content()
    {
        double[] numbers = [.. Points.SelectMany(point => new[] { point.X, point.Y, point.Time, point.Pressure, point.StartsStroke ? 1 : 0 })];
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes<double>(numbers));
    }

    /// <summary>Whether the pressures differ. A pen that cannot measure pressure reports the same one everywhere.</summary>
    public bool HasPressure { get; } = Array.Exists(Points, point => point.Pressure != Points[0].Pressure);
}
