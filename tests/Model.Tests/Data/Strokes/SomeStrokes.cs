using System.Text;
using Siamese.Model.Data.Strokes;

namespace Siamese.Model.Tests.Data.Strokes;

/// <summary>Paths of a pen.</summary>
internal static class SomeStrokes
{
    public static PenPath Read(string text) => StrokeReader.Read(Encoding.UTF8.GetBytes(text), "a.txt");

    /// <summary>A path whose strokes are given as arrays of points (x, y, time, pressure).</summary>
    public static PenPath Path(params (double X, double Y, double Time, double Pressure)[][] strokes) =>
        new([.. strokes.SelectMany(stroke => stroke.Select((point, i) => new PenPoint(point.X, point.Y, point.Time, point.Pressure, i == 0)))]);
}
