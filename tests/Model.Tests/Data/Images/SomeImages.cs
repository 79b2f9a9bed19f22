using System.Buffers.Binary;
using System.IO.Compression;
using Siamese.Model.Data.Images;
using Siamese.Model.Tests.Data.Readers;
using SkiaSharp;

namespace Siamese.Model.Tests.Data.Images;

/// <summary>Makes image and IDX files for tests that do not care about the details.</summary>
internal static class SomeImages
{
    /// <summary>Grey noise; each seed gives a different image.</summary>
    public static byte[] Pixels(int seed, ImageShape shape)
    {
        var pixels = new byte[shape.Bytes];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    /// <summary>A grey PNG of 8×8 pixels.</summary>
    public static byte[] Png(int seed) => PngWriter.Write(Pixels(seed, DataFolder.Small), DataFolder.Small);

    /// <summary>An image whose right half has this colour and whose left half contrasts with it, encoded by Skia.</summary>
    public static byte[] Encoded(SKColor colour, SKEncodedImageFormat format, int width = 8, int height = 8, SKColor? left = null)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(colour);
        bitmap.Erase(left ?? (colour.Green > 128 ? SKColors.Black : SKColors.White), new SKRectI(0, 0, width / 2, height));
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A 24-bit BMP, bottom row first, rows padded to four bytes.</summary>
    public static byte[] Bmp(int width, int height, Func<int, int, (byte R, byte G, byte B)> colour)
    {
        var stride = (width * 3 + 3) / 4 * 4;
        var file = new byte[54 + stride * height];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = colour(x, y);
                ((byte[])[b, g, r]).CopyTo(file, 54 + (height - 1 - y) * stride + 3 * x);
            }
        }

        return file;
    }

    /// <summary>A PNG that ends after a header claiming this size.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var file = new byte[8 + 4 + 4 + 13 + 4];
        ((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(file, 0);
        file[11] = 13;
        "IHDR"u8.CopyTo(file.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        file[24] = 8;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc(file.AsSpan(12, 17)));
        return file;
    }

    /// <summary>An IDX file with these sizes; noise if no values are given.</summary>
    public static byte[] Idx(int[] sizes, byte[]? values = null)
    {
        var count = sizes.Aggregate(1, (product, size) => product * size);
        values ??= Pixels(count, new ImageShape(1, count));
        var file = new byte[4 + 4 * sizes.Length + values.Length];
        file[2] = 8;
        file[3] = (byte)sizes.Length;
        for (var d = 0; d < sizes.Length; d++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * d), sizes[d]);
        values.CopyTo(file, 4 + 4 * sizes.Length);
        return file;
    }

    public static byte[] Gz(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
