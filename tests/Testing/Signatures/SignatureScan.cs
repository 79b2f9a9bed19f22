using SkiaSharp;

namespace Siamese.Testing.Signatures;

/// <summary>A pen and a piece of paper, chosen independently of who signs.</summary>
internal sealed class SignatureScan(Draws draws)
{
    private readonly int _width = 300 + draws.Below(151);
    private readonly double _aspect = draws.Between(2.8, 3.2);
    private readonly double _paper = draws.Between(235, 250);
    private readonly double _grain = draws.Between(1, 2.5);
    private readonly double _ink = draws.Between(15, 60);
    private readonly double _nib = draws.Between(0.0045, 0.007);

    public byte[] Png(IReadOnlyList<SignaturePoint> points)
    {
        var height = Math.Clamp((int)(_width / _aspect), 100, 150);
        using var bitmap = new SKBitmap(new SKImageInfo(_width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(Grey(_paper));
            Ink(canvas, points, Onto(points, height));
        }

        Grain(bitmap);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Where points lie on the paper: within margins of 4 to 15 %, anywhere between them.</summary>
    private Func<SignaturePoint, SKPoint> Onto(IReadOnlyList<SignaturePoint> points, int height)
    {
        var (left, right) = (points.Min(point => point.X), points.Max(point => point.X));
        var (bottom, top) = (points.Min(point => point.Y), points.Max(point => point.Y));
        var margin = draws.Between(0.04, 0.15);
        var scale = Math.Min((1 - (2 * margin)) * _width / (right - left), (1 - (2 * margin)) * height / (top - bottom));
        var x = (margin * _width) + (draws.Between(0, 1) * (((1 - (2 * margin)) * _width) - (scale * (right - left))));
        var y = (margin * height) + (draws.Between(0, 1) * (((1 - (2 * margin)) * height) - (scale * (top - bottom))));
        return point => new SKPoint((float)(x + (scale * (point.X - left))), (float)(y + (scale * (top - point.Y))));
    }

    private void Ink(SKCanvas canvas, IReadOnlyList<SignaturePoint> points, Func<SignaturePoint, SKPoint> place)
    {
        using var paint = new SKPaint { IsAntialias = true, StrokeCap = SKStrokeCap.Round, Style = SKPaintStyle.Stroke };
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].StartsStroke)
                continue;
            var pressure = (points[i - 1].Pressure + points[i].Pressure) / 2;
            paint.StrokeWidth = (float)(_width * _nib * (0.55 + (0.8 * pressure)));
            paint.Color = Grey(_ink + (50 * (1 - pressure)));
            canvas.DrawLine(place(points[i - 1]), place(points[i]), paint);
        }
    }

    private void Grain(SKBitmap bitmap)
    {
        foreach (ref var pixel in bitmap.GetPixelSpan())
            pixel = (byte)Math.Clamp(Math.Round(pixel + draws.Normal(_grain)), 0, 255);
    }

    private static SKColor Grey(double level) => new((byte)level, (byte)level, (byte)level);
}
