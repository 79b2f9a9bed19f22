using System.Collections.Immutable;
using Siamese.Plots.Drawing;
using SkiaSharp;

namespace Siamese.Client.Drawing;

/// <summary>
/// Writes pictures as PNG files, on a light background. The font is part of the client, so the pictures are the same on
/// every machine. Only commands that draw may use this class: it loads a native library.
/// </summary>
internal static class Png
{
    /// <summary>Twice the picture's size, so that it is sharp on today's screens.</summary>
    private const int Scale = 2;

    public static byte[] File(Picture picture)
    {
        using var font = typeof(Png).Assembly.GetManifestResourceStream("plots.ttf")!;
        using var typeface = SKTypeface.FromStream(font);
        using var surface = SKSurface.Create(new SKImageInfo((int)picture.Width * Scale, (int)picture.Height * Scale, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Scale(Scale);
        foreach (var shape in picture.Shapes)
            Draw(surface.Canvas, shape, typeface);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Draw(SKCanvas canvas, Shape shape, SKTypeface typeface)
    {
        using var paint = new SKPaint { Color = SKColor.Parse(shape.Ink.Light).WithAlpha((byte)Math.Round(byte.MaxValue * shape.Opacity)), IsAntialias = true };
        switch (shape)
        {
            case Polyline line:
                paint.IsStroke = true;
                paint.StrokeWidth = (float)line.Width;
                paint.StrokeCap = SKStrokeCap.Round;
                using (var path = Through(line.Points, isClosed: false))
                using (paint.PathEffect = line.IsDashed ? SKPathEffect.CreateDash([Svg.Dash, Svg.Gap], 0) : null)
                    canvas.DrawPath(path, paint);
                break;
            case Area area:
                using (var path = Through(area.Points, isClosed: true))
                    canvas.DrawPath(path, paint);
                break;
            case Dot dot:
                paint.IsStroke = dot.IsHollow;
                paint.StrokeWidth = 1.5f;
                canvas.DrawCircle(Place(dot.At), (float)dot.Radius, paint);
                break;
            case Stamp stamp:
                var place = SKRect.Create((float)stamp.Corner.X, (float)stamp.Corner.Y, (float)stamp.Width, (float)stamp.Height);
                using (var image = SKImage.FromEncodedData(stamp.Png.AsSpan()))
                    canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear), paint);
                paint.IsStroke = true;
                paint.StrokeWidth = 1.5f;
                canvas.DrawRect(place, paint);
                break;
            case Box box:
                canvas.DrawRect((float)box.From.X, (float)box.From.Y, (float)box.Width, (float)box.Height, paint);
                break;
            case Label label:
                Write(canvas, label, typeface, paint);
                break;
        }
    }

    private static void Write(SKCanvas canvas, Label label, SKTypeface typeface, SKPaint paint)
    {
        using var font = new SKFont(typeface, (float)label.Size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, Subpixel = true };
        canvas.Save();
        canvas.Translate((float)label.At.X, (float)label.At.Y);
        if (label.IsUpright)
            canvas.RotateDegrees(-90);
        var align = label.Align switch
        {
            Align.Start => SKTextAlign.Left,
            Align.Middle => SKTextAlign.Center,
            _ => SKTextAlign.Right,
        };
        canvas.DrawText(label.Text, 0, 0, align, font, paint);
        canvas.Restore();
    }

    private static SKPath Through(ImmutableArray<Point> points, bool isClosed)
    {
        using var path = new SKPathBuilder();
        path.AddPoly([.. points.Select(Place)], isClosed);
        return path.Detach();
    }

    private static SKPoint Place(Point point) => new((float)point.X, (float)point.Y);
}
