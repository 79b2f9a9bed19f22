using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Siamese.Model.Data.Images;
using SkiaSharp;

namespace Siamese.Model.Data.Strokes;

/// <summary>Shows pen strokes: as an image of what the pen drew, or as a file of its movements.</summary>
public static class StrokePicture
{
    private const byte Paper = 255;

    /// <summary>Columns of a file: the header that the reader of CSV expects.</summary>
    private const string Header = "x,y,t,p,stroke";

    private const int X = 0, Y = 1, Time = 2, Pen = 3, Pressure = 4;

    /// <summary>Dark ink on white, with y growing downwards.</summary>
    /// <param name="strokes">T·5 floats as bytes.</param>
    /// <param name="shape">Rows and columns.</param>
    /// <returns>H·W bytes, row by row.</returns>
    public static byte[] Draw(ReadOnlySpan<byte> strokes, ImageShape shape)
    {
        var points = MemoryMarshal.Cast<byte, float>(strokes);
        using var bitmap = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(Paper, Paper, Paper));
        var thickness = Math.Max(1, Math.Min(shape.Width, shape.Height) / 28f);
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true, StrokeWidth = thickness, StrokeCap = SKStrokeCap.Round };
        var scale = Math.Min(shape.Width, shape.Height) - (2 * thickness) - 1;
        for (var i = StrokeShape.Channels; i < points.Length; i += StrokeShape.Channels)
        {
            if (points[i + Pen] > 0)
                canvas.DrawLine(At(points, i - StrokeShape.Channels), At(points, i), paint);
        }

        canvas.Flush();
        return bitmap.GetPixelSpan().ToArray();

        SKPoint At(ReadOnlySpan<float> from, int point) => new((shape.Width / 2f) + (scale * from[point + X]), (shape.Height / 2f) + (scale * from[point + Y]));
    }

    /// <summary>A CSV with the points of the pen on paper: x, y, time as a share of the duration, pressure, and the number of the stroke.</summary>
    /// <param name="strokes">T·5 floats as bytes.</param>
    public static byte[] ToCsv(ReadOnlySpan<byte> strokes)
    {
        var points = MemoryMarshal.Cast<byte, float>(strokes);
        var (csv, stroke, wasDown) = (new StringBuilder(Header).Append('\n'), 0, false);
        for (var i = 0; i < points.Length; i += StrokeShape.Channels)
        {
            var isDown = points[i + Pen] > 0;
            stroke += isDown && !wasDown ? 1 : 0;
            if (isDown)
                csv.Append(CultureInfo.InvariantCulture, $"{points[i + X]},{points[i + Y]},{points[i + Time]},{points[i + Pressure]},{stroke}\n");
            wasDown = isDown;
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
