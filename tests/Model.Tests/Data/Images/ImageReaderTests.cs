using System.Runtime.InteropServices;
using System.Text;
using Siamese.Contracts;
using Siamese.Model.Data.Images;
using SkiaSharp;

namespace Siamese.Model.Tests.Data.Images;

public sealed class ImageReaderTests
{
    private static readonly ImageShape _square = new(8, 8);

    [Fact]
    public void A_grey_png_of_the_right_size_keeps_its_bytes()
    {
        var pixels = Enumerable.Range(0, 784).Select(i => (byte)i).ToArray();
        var png = PngWriter.Write(pixels, ImageShape.Digits);
        Assert.Equal(pixels, ImageReader.Read(png, "a.png", ImageShape.Digits));
    }

    [Theory]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    [InlineData(255, 255, 255, 255)]
    [InlineData(7, 7, 7, 7)]
    public void Colour_becomes_luminance(byte r, byte g, byte b, byte grey)
    {
        var png = SomeImages.Encoded(new SKColor(r, g, b), SKEncodedImageFormat.Png);
        Assert.All(Right(png, "a.png"), value => Assert.Equal(grey, value));
        var bmp = SomeImages.Bmp(8, 8, (x, _) => x < 4 ? ((byte)~r, (byte)~g, (byte)~b) : (r, g, b));
        Assert.All(Right(bmp, "a.bmp"), value => Assert.Equal(grey, value));
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp })
        {
            var encoded = SomeImages.Encoded(new SKColor(r, g, b), format, 64, 8);
            Assert.All(Right(encoded, $"a.{format}"), value => Assert.InRange(value, grey - 3, grey + 3));
        }
    }

    [Theory]
    [InlineData(0, 0, 255)]
    [InlineData(0, 128, 127)]
    [InlineData(0, 255, 0)]
    [InlineData(100, 0, 255)]
    [InlineData(255, 0, 0)]
    [InlineData(255, 128, 128)]
    public void Transparency_is_blended_onto_white_or_onto_black_behind_white_ink(byte ink, byte alpha, byte grey)
    {
        var opaque = new SKColor(ink, ink, ink);
        foreach (var format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            // At the left, opaque ink tells which background it needs.
            var image = alpha == byte.MaxValue
                ? SomeImages.Encoded(opaque, format, left: new SKColor(0, 0, 0, 0))
                : SomeImages.Encoded(opaque.WithAlpha(alpha), format, left: opaque);
            Assert.All(Right(image, "a.png"), value => Assert.InRange(value, grey - 1, grey + 1));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_blank_image_is_refused(byte grey)
    {
        var (colour, blank) = (new SKColor(grey, grey, grey), Enumerable.Repeat(grey, 64).ToArray());
        Refused(PngWriter.Write(blank, _square), "blank");
        Refused(SomeImages.Encoded(colour, SKEncodedImageFormat.Jpeg, left: colour), "blank");
        Refused(SomeImages.Encoded(colour.WithAlpha(0), SKEncodedImageFormat.Png, left: colour.WithAlpha(0)), "blank");
        blank[7] ^= 4;
        Refused(PngWriter.Write(blank, _square), "blank");
        blank[7] ^= 128;
        Assert.Equal(blank, ImageReader.Read(PngWriter.Write(blank, _square), "a.png", _square));
    }

    [Fact]
    public void Ink_too_small_to_see_in_the_input_is_refused()
    {
        var pixels = Enumerable.Repeat((byte)255, 400 * 400).ToArray();
        pixels[80_000] = 0;
        Refused(PngWriter.Write(pixels, new ImageShape(400, 400)), "8×8 pixels");
    }

    [Theory]
    [InlineData("little-endian")]
    [InlineData("big-endian")]
    [InlineData("two pages")]
    [InlineData("16 bits")]
    [InlineData("LZW")]
    [InlineData("colour")]
    [InlineData("transparent")]
    [InlineData("white is 0")]
    [InlineData("upside down")]
    public void The_first_page_of_a_tiff_is_read(string kind)
    {
        byte[] rows = [0, 64, 128, 255];
        var tiff = SomeTiffs.Of(kind, rows);
        Assert.Equal(rows, ImageReader.Read(tiff, "a.tif", new ImageShape(4, 1)));
    }

    [Fact]
    public void A_strip_of_a_tiff_that_claims_to_be_longer_than_the_file_gets_no_memory()
    {
        const int StripByteCounts = 279;
        var tiff = SomeTiffs.Of("LZW", [0, 64, 128, 255]);
        var directory = BitConverter.ToInt32(tiff, 4);
        var entry = Enumerable.Range(0, BitConverter.ToUInt16(tiff, directory)).Select(i => directory + 2 + (12 * i)).Single(at => BitConverter.ToUInt16(tiff, at) == StripByteCounts);
        Assert.True(BitConverter.TryWriteBytes(tiff.AsSpan(entry + 2), (ushort)4) && BitConverter.TryWriteBytes(tiff.AsSpan(entry + 8), 0x4000_0000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(tiff, "TIFF");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_damaged_tiff_is_refused()
    {
        var tiff = SomeTiffs.Of("LZW", [0, 64, 128, 255]);
        foreach (var length in new[] { 4, 8, 20, tiff.Length / 2 })
            Refused(tiff[..length], "TIFF");
        Refused(SomeTiffs.OfSize(20_000, 20_000), "50 megapixels");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_tiff_that_claims_more_than_it_has_is_refused_before_it_is_read(int entry)
    {
        var tiff = SomeTiffs.Of("LZW", [0, 64, 128, 255]);
        var directory = BitConverter.ToInt32(tiff, 4);
        BitConverter.TryWriteBytes(tiff.AsSpan(directory + 2 + (12 * entry) + 4), 0x4000_0000);
        Refused(tiff, "TIFF");
    }

    [Theory]
    [InlineData("AVIF image", new byte[] { 0, 0, 0, 28, 102, 116, 121, 112, 97, 118, 105, 102, 0, 0, 0, 0 })]
    [InlineData("HEIC image", new byte[] { 0, 0, 0, 28, 102, 116, 121, 112, 104, 101, 105, 99, 0, 0, 0, 0 })]
    [InlineData("PPM image", new byte[] { 80, 54, 10, 49, 32, 49, 10, 50, 53, 53, 10, 1, 2, 3 })]
    [InlineData("PDF", new byte[] { 37, 80, 68, 70, 45, 49, 46, 52 })]
    public void An_image_in_another_format_is_named_for_what_it_is(string name, byte[] file) => Refused(file, name);

    [Fact]
    public void A_bmp_is_read_pixel_by_pixel()
    {
        var bmp = SomeImages.Bmp(5, 3, (x, y) => ((byte)(10 * x + y), (byte)(10 * x + y), (byte)(10 * x + y)));
        Assert.Equal([0, 10, 20, 30, 40, 1, 11, 21, 31, 41, 2, 12, 22, 32, 42], ImageReader.Read(bmp, "a.bmp", new ImageShape(3, 5)));
    }

    [Theory]
    [InlineData("P2\n# a comment\n2 2\n255\n0 1\n2 255\n")]
    [InlineData("P2 2 2 #c\n255\n0\t1 2 # d\n 255")]
    public void A_plain_pgm_may_contain_comments(string pgm) =>
        Assert.Equal([0, 1, 2, 255], ImageReader.Read(Encoding.ASCII.GetBytes(pgm), "a.pgm", new ImageShape(2, 2)));

    [Fact]
    public void A_raw_pgm_is_scaled_by_its_maximum_value()
    {
        byte[] raw = [.. "P5 3 1 15\n"u8, 0, 15, 5];
        Assert.Equal([0, 255, 85], ImageReader.Read(raw, "a.pgm", new ImageShape(1, 3)));
        byte[] white = [.. "P5 2 1 255\n"u8, 10, 32]; // Values that look like white space.
        Assert.Equal([10, 32], ImageReader.Read(white, "a.pgm", new ImageShape(1, 2)));
    }

    [Fact]
    public void A_16_bit_pgm_is_big_endian()
    {
        byte[] raw = [.. "P5 2 1 65535\n"u8, 0xFF, 0xFF, 0x80, 0x00];
        Assert.Equal([255, 128], ImageReader.Read(raw, "a.pgm", new ImageShape(1, 2)));
    }

    [Theory]
    [InlineData("P5 4 4 255\nabc", "truncated")]
    [InlineData("P2 2 2 255\n1 2 3", "truncated")]
    [InlineData("P2 2 2 255\n1 2 3 x", "number")]
    [InlineData("P2 2 2 9\n1 2 3 10 ", "10")]
    [InlineData("P2 1 1 70000\n1", "70000")]
    [InlineData("P5 99999999999 1 255\n", "too large")]
    [InlineData("P5 0 3 255\n", "0×3")]
    [InlineData("P5 10000 10001 255\n", "50 megapixels")]
    [InlineData("P2 7000 7000 255\n1 2 3", "truncated")]
    public void A_damaged_pgm_is_refused(string pgm, string reason) => Refused(Encoding.Latin1.GetBytes(pgm), reason);

    [Fact]
    public void An_image_of_100_megapixels_is_refused_by_its_header() => Refused(SomeImages.PngHeader(10_000, 10_001), "10000×10001");

    [Fact]
    public void A_bmp_header_that_claims_too_much_is_refused()
    {
        var bmp = SomeImages.Bmp(8, 8, (_, _) => (1, 2, 3));
        BitConverter.TryWriteBytes(bmp.AsSpan(18), 10_000);
        BitConverter.TryWriteBytes(bmp.AsSpan(22), 10_001);
        Refused(bmp, "50 megapixels");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(70_000, 1)]
    public void An_impossible_size_is_refused(int width, int height) => Refused(SomeImages.PngHeader(width, height), "pixels");

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void A_truncated_image_is_refused_wherever_it_ends(SKEncodedImageFormat format)
    {
        var shape = new ImageShape(64, 64);
        var file = Noise(shape, format);
        foreach (var percent in new[] { 1, 5, 20, 50, 80, 95 })
            Refused(file[..(file.Length * percent / 100)], "");
        Refused(file[..(file.Length * 6 / 10)], "truncated");
    }

    [Fact]
    public void A_truncated_bmp_is_refused()
    {
        var bmp = SomeImages.Bmp(16, 16, (x, y) => ((byte)x, (byte)y, 0));
        foreach (var length in new[] { 1, 30, 54, 300, bmp.Length - 1 })
            Refused(bmp[..length], "");
    }

    [Fact]
    public void A_png_with_a_flipped_bit_is_refused()
    {
        var png = Noise(new ImageShape(64, 64), SKEncodedImageFormat.Png);
        png[png.Length / 2] ^= 0x40;
        Refused(png, "");
    }

    [Fact]
    public void A_file_that_is_not_an_image_is_refused()
    {
        Refused([], "empty");
        Refused("hello, this is text"u8.ToArray(), "PNG, JPEG, WebP, GIF, TIFF, BMP or PGM");
    }

    [Fact]
    public void Downscaling_averages_every_pixel()
    {
        // A checkerboard of single pixels averages to a uniform grey; picking pixels would give black and white.
        var pixels = Enumerable.Range(0, 64 * 64).Select(i => i % 64 < 32 ? (byte)0 : (byte)((i + i / 64) % 2 * 255)).ToArray();
        Assert.All(Right(PngWriter.Write(pixels, new ImageShape(64, 64)), "a.png"), value => Assert.InRange(value, 120, 135));
    }

    [Fact]
    public void Upscaling_is_bilinear() =>
        Assert.Equal([0, 50, 150, 200], ImageReader.Read(PngWriter.Write([0, 200], new ImageShape(1, 2)), "a.png", new ImageShape(1, 4)));

    [Fact]
    public void A_wide_image_is_stretched()
    {
        var pixels = Enumerable.Range(0, 4 * 40).Select(i => (byte)(i % 40 < 20 ? 0 : 255)).ToArray();
        var stretched = ImageReader.Read(PngWriter.Write(pixels, new ImageShape(4, 40)), "a.png", new ImageShape(2, 4));
        Assert.Equal(0, stretched[0]);
        Assert.Equal(255, stretched[3]);
    }

    [Theory]
    [InlineData(1, new byte[] { 1, 2, 3, 4, 5, 6 }, 2, 3)]
    [InlineData(2, new byte[] { 3, 2, 1, 6, 5, 4 }, 2, 3)]
    [InlineData(3, new byte[] { 6, 5, 4, 3, 2, 1 }, 2, 3)]
    [InlineData(4, new byte[] { 4, 5, 6, 1, 2, 3 }, 2, 3)]
    [InlineData(5, new byte[] { 1, 4, 2, 5, 3, 6 }, 3, 2)]
    [InlineData(6, new byte[] { 4, 1, 5, 2, 6, 3 }, 3, 2)]
    [InlineData(7, new byte[] { 6, 3, 5, 2, 4, 1 }, 3, 2)]
    [InlineData(8, new byte[] { 3, 6, 2, 5, 1, 4 }, 3, 2)]
    public void An_image_is_made_upright_by_its_exif_orientation(int origin, byte[] upright, int height, int width)
    {
        var turned = Orientation.Upright(new Picture(3, 2, [1, 2, 3, 4, 5, 6]), (SKEncodedOrigin)origin);
        Assert.Equal((height, width), (turned.Height, turned.Width));
        Assert.Equal(upright, turned.Grey);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_grey_file_gives_the_same_pixels_as_when_it_is_decoded_as_colours(SKEncodedImageFormat format)
    {
        var shape = new ImageShape(31, 33);
        var pixels = new byte[shape.Bytes];
        new Random(1).NextBytes(pixels);
        using var grey = SKImage.FromPixelCopy(new SKImageInfo(shape.Width, shape.Height, SKColorType.Gray8, SKAlphaType.Opaque), pixels, shape.Width);
        using var file = grey.Encode(format, 80);
        using var colours = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        using var codec = SKCodec.Create(file);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(colours.Info, colours.GetPixels()));
        var expected = MemoryMarshal.Cast<byte, uint>(colours.GetPixelSpan()).ToArray().Select(Luminance.Of);

        Assert.Equal(expected, ImageReader.Read(file.ToArray(), "a", shape));
    }

    [Fact]
    public void A_jpeg_is_made_upright_by_its_exif_orientation()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(32, 16, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Black);
        bitmap.Erase(SKColors.White, new SKRectI(16, 0, 32, 16));
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] jpeg = [0xFF, 0xD8, .. exif, .. data.ToArray()[2..]];
        var upright = ImageReader.Read(jpeg, "a.jpg", new ImageShape(32, 16));
        Assert.InRange(upright[0], 0, 5);
        Assert.InRange(upright[15], 0, 5);
        Assert.InRange(upright[^1], 250, 255);
        Assert.InRange(upright[^16], 250, 255);
    }

    [Fact]
    public void Corrupt_bytes_always_give_an_image_or_a_refusal()
    {
        var shape = new ImageShape(16, 16);
        var random = new Random(1);
        byte[][] whole =
        [
            Noise(shape, SKEncodedImageFormat.Png), Noise(shape, SKEncodedImageFormat.Jpeg),
            SomeImages.Bmp(16, 16, (x, y) => ((byte)x, (byte)y, 9)), [.. "P5 16 16 255\n"u8, .. SomeImages.Pixels(1, shape)],
        ];
        for (var i = 0; i < 400; i++)
        {
            var file = whole[i % whole.Length].ToArray();
            for (var flips = 0; flips < 3; flips++)
                file[random.Next(Math.Min(file.Length, 100))] = (byte)random.Next(256);
            try
            {
                Assert.Equal(64, ImageReader.Read(file, "a", _square).Length);
            }
            catch (BadInputException)
            {
                // A refusal is fine too.
            }
        }
    }

    private static byte[] Noise(ImageShape shape, SKEncodedImageFormat format)
    {
        using var image = SKImage.FromPixelCopy(
            new SKImageInfo(shape.Width, shape.Height, SKColorType.Gray8, SKAlphaType.Opaque), SomeImages.Pixels(1, shape), shape.Width);
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>The pixels of the image's right end.</summary>
    private static IEnumerable<byte> Right(byte[] file, string name) => ImageReader.Read(file, name, _square).Where((_, i) => i % 8 > 4);

    private static void Refused(byte[] file, string reason)
    {
        var message = Assert.Throws<BadInputException>(() => ImageReader.Read(file, "pictures/a.png", _square)).Message;
        Assert.Contains("pictures/a.png", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
