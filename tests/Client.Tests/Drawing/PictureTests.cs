using System.Text;
using System.Xml.Linq;
using Siamese.Client.Drawing;
using Siamese.Plots.Drawing;
using SkiaSharp;

namespace Siamese.Client.Tests.Drawing;

public sealed class PictureTests
{
    private static readonly Picture _picture = new("name", "<Title> & \u0001", null, 200, 100,
    [
        new Box(Ink.Paper, default, 200, 100),
        new Polyline(Ink.Series[0], [new(10, 10), new(20.004, 30)]) { Hint = "a < b" },
        new Dot(Ink.Series[1], new(100, 50), 10),
        new Label(Ink.Text, new(10, 90), "EER 2 % – of <b>"),
    ]);

    [Fact]
    public void An_svg_is_well_formed_whatever_the_texts_are()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(Svg.File(_picture))).Root!;

        Assert.Equal(@"<Title> & \u0001", svg.Attribute("aria-label")!.Value);
        Assert.Equal("a < b", svg.Descendants().Single(element => element.Name.LocalName == "title").Value);
        Assert.Equal("EER 2 % – of <b>", svg.Descendants().Single(element => element.Name.LocalName == "text").Value);
        Assert.Equal("10,10 20,30", svg.Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value);
    }

    [Fact]
    public void An_svg_has_colours_for_dark_backgrounds_and_needs_no_style_sheet_for_light_ones()
    {
        var svg = Encoding.UTF8.GetString(Svg.File(_picture));

        Assert.Contains($"fill=\"{Ink.Text.Light}\"", svg, StringComparison.Ordinal);
        Assert.Contains($".f-text{{fill:{Ink.Text.Dark}}}", svg, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_shows_the_shapes_in_their_colours_at_twice_the_size()
    {
        using var image = SKBitmap.Decode(Png.File(_picture));

        Assert.Equal((400, 200), (image.Width, image.Height));
        Assert.Equal(SKColor.Parse(Ink.Series[1].Light), image.GetPixel(200, 100));
        Assert.Equal(SKColor.Parse(Ink.Paper.Light), image.GetPixel(300, 20));
    }

    [Fact]
    public void A_png_has_its_text_whatever_fonts_the_machine_has()
    {
        using var image = SKBitmap.Decode(Png.File(_picture));

        // Dark pixels in the columns of the text: one line of 17 characters is at least 100 pixels wide.
        var dark = Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(140, 50).Any(y => image.GetPixel(x, y).Red < 100)).ToList();
        Assert.True(dark.Count > 100, $"Only {dark.Count} columns have dark pixels.");
    }

    [Fact]
    public void The_font_has_every_character_that_plots_use()
    {
        using var typeface = SKTypeface.FromStream(typeof(Png).Assembly.GetManifestResourceStream("plots.ttf"));

        var printable = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code));
        Assert.DoesNotContain((ushort)0, typeface.GetGlyphs(printable + "−–…°±"));
    }

    [Fact]
    public void The_same_picture_has_the_same_bytes()
    {
        Assert.Equal(Svg.File(_picture), Svg.File(_picture));
        Assert.Equal(Png.File(_picture), Png.File(_picture));
    }

    [Fact]
    public void Every_ink_has_a_name_of_its_own() => Assert.Equal(Ink.All.Count(), Ink.All.Select(ink => ink.Name).Distinct().Count());
}
