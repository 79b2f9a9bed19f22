using Siamese.Contracts.Ensembles;
using Siamese.Grains.Verdicts;
using Siamese.Model.Data.Images;
using SkiaSharp;

namespace Siamese.Grains.Tests.Verdicts;

public sealed class ImageDecodingTests
{
    [Fact]
    public void Small_files_are_decoded_16_at_a_time() => Assert.Equal([(0, 16), (16, 16), (32, 8)], Lots([.. Enumerable.Repeat(300, 40)]));

    [Fact]
    public void Larger_files_are_decoded_64_kilobytes_at_a_time_but_at_least_one() =>
        Assert.Equal([(0, 2), (2, 1), (3, 1), (4, 2)], Lots(30_000, 35_000, 1_000_000, 65_536, 1, 65_535));

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void An_image_of_many_megapixels_is_a_lot_of_its_own(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(2500, 2000);
        bitmap.SetPixel(7, 7, SKColors.Red);
        using var encoded = bitmap.Encode(format, 50);
        ImageFile large = new("large", [.. encoded.ToArray()]), small = new("small.png", [.. SomeDigit()]);

        Assert.Equal([(0, 2, false), (2, 1, true), (3, 1, false), (4, 1, true), (5, 1, true)], ImageDecoding.Lots([small, small, large, small, large, large]));
    }

    [Fact]
    public void No_files_make_no_lots() => Assert.Empty(Lots());

    [Fact]
    public async Task An_image_that_is_blank_in_one_shape_has_a_problem_in_all_so_that_rows_stay_the_same()
    {
        var large = new ImageShape(105, 105);
        byte[] Image(byte mark) => PngWriter.Write([mark, .. Enumerable.Repeat((byte)255, large.Bytes - 1)], large);
        using var threads = new VerdictThreads();

        // A grey dot can be seen in the image's own size, but not when it is shrunk.
        var decoded = await new ImageDecoding(threads, null!).Decode(
            [new("a.png", [.. SomeDigit()]), new("dot.png", [.. Image(220)]), new("b.png", [.. SomeDigit()])], [large, ImageShape.Digits], CancellationToken.None);

        Assert.All(decoded.Values, ofShape => Assert.Equal([0, -1, 1], ofShape.Rows));
        Assert.All(decoded.Values, ofShape => Assert.Contains("dot.png", Assert.Single(ofShape.Problems.OfType<string>()), StringComparison.Ordinal));
    }

    private static byte[] SomeDigit() => PngWriter.Write([.. Enumerable.Range(0, ImageShape.Digits.Bytes).Select(i => (byte)i)], ImageShape.Digits);

    private static IEnumerable<(int Start, int Count)> Lots(params int[] sizes) =>
        ImageDecoding.Lots([.. sizes.Select(size => new ImageFile("some.png", [.. new byte[size]]))]).Select(lot => (lot.Start, lot.Count));
}
