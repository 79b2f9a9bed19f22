using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using SkiaSharp;

namespace Siamese.Model.Tests.Data.Images;

public sealed class FittingTests
{
    private const byte Paper = 230, Ink = 20;

    [Theory]
    [InlineData(Fit.Stretch, 40, 120, 20, 60)]
    [InlineData(Fit.Stretch, 40, 120, 40, 40)]
    [InlineData(Fit.Pad, 40, 120, 20, 60)]
    public void An_image_with_the_ratio_of_the_input_is_only_scaled(Fit fit, int fromHeight, int fromWidth, int height, int width)
    {
        var picture = Drawn(fromWidth, fromHeight, new Box(10, 10, 30, 20));

        Assert.Equal(Resampling.Stretch(picture.Grey, fromWidth, fromHeight, width, height), Fitting.Apply(picture, new(height, width, Fit: fit)));
    }

    [Fact]
    public void Padding_keeps_the_ratio_and_fills_the_rest_with_the_background()
    {
        var picture = Drawn(120, 40, new Box(30, 10, 60, 20));

        var fitted = Fitting.Apply(picture, new(60, 60, Fit: Fit.Pad));

        var scaled = Resampling.Stretch(picture.Grey, 120, 40, 60, 20);
        Assert.Equal([.. Enumerable.Repeat(Paper, 20 * 60), .. scaled, .. Enumerable.Repeat(Paper, 20 * 60)], fitted);
    }

    [Theory]
    [InlineData(Paper, Ink)]
    [InlineData(Ink, Paper)]
    public void The_background_is_found_whether_it_is_light_or_dark(byte paper, byte ink)
    {
        var picture = Drawn(90, 30, new Box(0, 5, 80, 20), paper, ink);

        var fitted = Fitting.Apply(picture, new(90, 90, Fit: Fit.Pad));

        Assert.All(fitted[..(30 * 90)].Concat(fitted[(60 * 90)..]), pixel => Assert.Equal(paper, pixel));
    }

    [Theory]
    [InlineData(Paper, Ink)]
    [InlineData(Ink, Paper)]
    public void Ink_is_cropped_to_what_is_drawn_without_specks(byte paper, byte ink)
    {
        var picture = Drawn(200, 100, new Box(120, 60, 40, 20), paper, ink);
        picture.Grey[(5 * 200) + 7] = ink;

        Assert.Equal(new Box(120, 60, 40, 20), InkBox.Find(picture));
        Assert.All(Fitting.Apply(picture, new(20, 40, Fit: Fit.Ink)), pixel => Assert.Equal(ink, pixel));
    }

    [Fact]
    public void Ink_is_found_on_an_uneven_background()
    {
        var random = new Random(1);
        var picture = Drawn(200, 100, new Box(50, 30, 90, 40));
        for (var i = 0; i < picture.Grey.Length; i++)
            picture.Grey[i] = (byte)Math.Clamp(picture.Grey[i] + random.Next(-15, 16), 0, 255);

        Assert.Equal(new Box(50, 30, 90, 40), InkBox.Find(picture));
    }

    [Fact]
    public void An_image_without_ink_is_not_cropped()
    {
        var picture = new Picture(50, 20, [.. Enumerable.Repeat(Paper, 1000)]);

        Assert.Equal(new Box(0, 0, 50, 20), InkBox.Find(picture));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Colours_are_planes_of_red_green_and_blue(SKEncodedImageFormat format)
    {
        var file = SomeImages.Encoded(new SKColor(200, 100, 50), format, left: new SKColor(10, 20, 30));

        var pixels = ImageReader.Read(file, "colours", new ImageShape(8, 8, Channels: 3));

        Assert.Equal(3 * 64, pixels.Length);
        Assert.Equal([(10, 200), (20, 100), (30, 50)], pixels.Chunk(64).Select(plane => ((int)plane[0], (int)plane[63])));
    }

    [Fact]
    public void A_grey_image_has_the_same_values_in_every_channel()
    {
        var grey = SomeImages.Pixels(3, new ImageShape(8, 8));

        var pixels = ImageReader.Read(PngWriter.Write(grey, new ImageShape(8, 8)), "grey", new ImageShape(8, 8, Channels: 3));

        Assert.Equal([.. grey, .. grey, .. grey], pixels);
    }

    private static Picture Drawn(int width, int height, Box ink, byte paper = Paper, byte tone = Ink)
    {
        var pixels = new byte[width * height];
        Array.Fill(pixels, paper);
        for (var row = ink.Top; row < ink.Top + ink.Height; row++)
            pixels.AsSpan((row * width) + ink.Left, ink.Width).Fill(tone);
        return new Picture(width, height, pixels);
    }
}
