using SkiaSharp;

namespace Siamese.Model.Data.Images;

/// <summary>Writes grey pixels as a PNG file.</summary>
public static class PngWriter
{
    /// <summary>An 8-bit grey PNG; <see cref="ImageReader"/> reads exactly the same bytes back.</summary>
    /// <param name="pixels">H·W bytes, row by row.</param>
    /// <param name="shape">Rows and columns.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        if (pixels.Length != shape.Bytes)
            throw new ArgumentException($"{pixels.Length} pixels do not make an image of {shape}.", nameof(pixels));
        var grey = new SKImageInfo(shape.Width, shape.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        using var image = SKImage.FromPixelCopy(grey, pixels, shape.Width);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Two images side by side, with a grey column between them.</summary>
    /// <param name="left">H·W bytes, row by row.</param>
    /// <param name="right">H·W bytes, row by row.</param>
    /// <param name="shape">Rows and columns of each.</param>
    public static byte[] WriteBeside(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ImageShape shape)
    {
        var both = new ImageShape(shape.Height, (2 * shape.Width) + 1);
        var pixels = new byte[both.Bytes];
        for (var row = 0; row < shape.Height; row++)
        {
            var to = pixels.AsSpan(row * both.Width, both.Width);
            left.Slice(row * shape.Width, shape.Width).CopyTo(to);
            to[shape.Width] = byte.MaxValue / 2;
            right.Slice(row * shape.Width, shape.Width).CopyTo(to[(shape.Width + 1)..]);
        }

        return Write(pixels, both);
    }
}
