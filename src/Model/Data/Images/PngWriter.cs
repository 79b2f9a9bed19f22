using SkiaSharp;

namespace Siamese.Model.Data.Images;

/// <summary>Writes pixels as a PNG file.</summary>
public static class PngWriter
{
    private const int SkiaBytes = 4; // Red, green, blue, and one that nobody reads.

    /// <summary>An 8-bit PNG, grey if all channels are the same; <see cref="ImageReader"/> reads exactly the same bytes back.</summary>
    /// <param name="pixels">C·H·W bytes, row by row.</param>
    /// <param name="shape">Channels, rows and columns.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        if (pixels.Length != shape.Bytes)
            throw new ArgumentException($"{pixels.Length} pixels do not make an image of {shape}.", nameof(pixels));
        var isGrey = IsGrey(pixels, shape.Area);
        var form = new SKImageInfo(shape.Width, shape.Height, isGrey ? SKColorType.Gray8 : SKColorType.Rgb888x, SKAlphaType.Opaque);
        using var image = SKImage.FromPixelCopy(form, isGrey ? pixels[..shape.Area] : Interleaved(pixels, shape.Area), form.RowBytes);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Two images side by side, with a grey column between them.</summary>
    /// <param name="left">C·H·W bytes, row by row.</param>
    /// <param name="right">C·H·W bytes, row by row.</param>
    /// <param name="shape">Channels, rows and columns of each.</param>
    public static byte[] WriteBeside(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ImageShape shape)
    {
        var both = shape with { Width = (2 * shape.Width) + 1 };
        var pixels = new byte[both.Bytes];
        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            var to = pixels.AsSpan(row * both.Width, both.Width);
            left.Slice(row * shape.Width, shape.Width).CopyTo(to);
            to[shape.Width] = byte.MaxValue / 2;
            right.Slice(row * shape.Width, shape.Width).CopyTo(to[(shape.Width + 1)..]);
        }

        return Write(pixels, both);
    }

    private static bool IsGrey(ReadOnlySpan<byte> pixels, int area)
    {
        for (var channel = area; channel < pixels.Length; channel += area)
        {
            if (!pixels.Slice(channel, area).SequenceEqual(pixels[..area]))
                return false;
        }

        return true;
    }

    /// <param name="pixels">3·H·W bytes.</param>
    /// <param name="area">Pixels in one channel.</param>
    /// <returns>H·W·4 bytes</returns>
    private static byte[] Interleaved(ReadOnlySpan<byte> pixels, int area)
    {
        var interleaved = new byte[SkiaBytes * area];
        for (var at = 0; at < pixels.Length; at++)
            interleaved[(SkiaBytes * (at % area)) + (at / area)] = pixels[at];
        return interleaved;
    }
}
