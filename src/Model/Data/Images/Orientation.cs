using SkiaSharp;

namespace Siamese.Model.Data.Images;

/// <summary>Rotates or flips an image upright, according to its EXIF orientation.</summary>
internal static class Orientation
{
    public static Picture Upright(Picture image, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
            return image;
        var swapped = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = swapped ? (image.Height, image.Width) : (image.Width, image.Height);
        var (right, bottom) = (image.Width - 1, image.Height - 1);
        return image with
        {
            Width = width,
            Height = height,
            Grey = Turned(image.Grey),
            Colours = image.Colours is { } colours ? Array.ConvertAll(colours, Turned) : null,
        };

        byte[] Turned(byte[] plane)
        {
            var pixels = new byte[plane.Length];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                    pixels[(y * width) + x] = plane[From(x, y)];
            }

            return pixels;
        }

        int From(int x, int y)
        {
            var (column, row) = origin switch
            {
                SKEncodedOrigin.TopRight => (right - x, y),
                SKEncodedOrigin.BottomRight => (right - x, bottom - y),
                SKEncodedOrigin.BottomLeft => (x, bottom - y),
                SKEncodedOrigin.LeftTop => (y, x),
                SKEncodedOrigin.RightTop => (y, bottom - x),
                SKEncodedOrigin.RightBottom => (right - y, bottom - x),
                SKEncodedOrigin.LeftBottom => (right - y, x),
                _ => (x, y),
            };
            return (row * image.Width) + column;
        }
    }
}
