using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Siamese.Contracts;

namespace Siamese.Plots.Drawing;

/// <summary>
/// Writes pictures as SVG. Text stays text, in a font of the viewer. Without a style sheet, colours are those for a light
/// background.
/// </summary>
public static class Svg
{
    private const string Fonts = "DejaVu Sans, Verdana, Segoe UI, Helvetica, Arial, sans-serif";

    /// <summary>Pixels of a dashed line that are drawn, and that are left out.</summary>
    public const int Dash = 6, Gap = 4;

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <summary>Colours for dark backgrounds, for the style sheet of a page with pictures or of a picture.</summary>
    public static string DarkStyle { get; } =
        $"@media (prefers-color-scheme:dark){{{string.Concat(Ink.All.Select(ink => $".f-{ink.Name}{{fill:{ink.Dark}}}.s-{ink.Name}{{stroke:{ink.Dark}}}"))}}}";

    /// <summary>A file of its own.</summary>
    public static byte[] File(Picture picture)
    {
        var element = Element(picture);
        element.AddFirst(new XElement(_svg + "style", DarkStyle));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, IndentChars = "", NewLineChars = "\n" }))
            element.Save(writer);
        return stream.ToArray();
    }

    /// <summary>A part of a page, without a style sheet.</summary>
    public static XElement Element(Picture picture) => new(
        _svg + "svg",
        new XAttribute("viewBox", $"0 0 {Number(picture.Width)} {Number(picture.Height)}"),
        new XAttribute("width", Number(picture.Width)),
        new XAttribute("height", Number(picture.Height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", PlainText.Of(picture.Title)),
        new XAttribute("font-family", Fonts),
        picture.Shapes.Select(Element));

    /// <summary>A part of a page, as text.</summary>
    public static string Markup(Picture picture) => Element(picture).ToString(SaveOptions.DisableFormatting);

    private static XElement Element(Shape shape)
    {
        var element = shape switch
        {
            Polyline line => new XElement(_svg + "polyline", Stroke(line.Ink, line.Width), new XAttribute("stroke-linejoin", "round"), line.IsDashed ? new XAttribute("stroke-dasharray", $"{Dash} {Gap}") : null, new XAttribute("points", Points(line.Points))),
            Area area => new XElement(_svg + "polygon", Fill(area.Ink), new XAttribute("points", Points(area.Points))),
            Dot { IsHollow: true } dot => new XElement(_svg + "circle", Stroke(dot.Ink, 1.5), Circle(dot)),
            Dot dot => new XElement(_svg + "circle", Fill(dot.Ink), Circle(dot)),
            Stamp stamp => new XElement(
                _svg + "g", new XAttribute("class", "stamp"),
                new XElement(_svg + "image", Around(stamp), new XAttribute("href", $"data:image/png;base64,{Convert.ToBase64String(stamp.Png.AsSpan())}")),
                new XElement(_svg + "rect", Stroke(stamp.Ink, 1.5), Around(stamp))),
            Box box => new XElement(
                _svg + "rect", Fill(box.Ink), At("x", box.From.X), At("y", box.From.Y), At("width", box.Width), At("height", box.Height)),
            Label label => new XElement(
                _svg + "text", Fill(label.Ink), At("x", label.At.X), At("y", label.At.Y), At("font-size", label.Size),
                label.Align is Align.Start ? null : new XAttribute("text-anchor", label.Align is Align.Middle ? "middle" : "end"),
                label.IsUpright ? new XAttribute("transform", $"rotate(-90 {Number(label.At.X)} {Number(label.At.Y)})") : null,
                PlainText.Of(label.Text)),
            _ => throw new ArgumentException($"{shape.GetType().Name} has no element.", nameof(shape)),
        };
        if (shape.Opacity < 1)
            element.Add(At("opacity", shape.Opacity));
        if (shape.Hint is { } hint)
            element.Add(new XElement(_svg + "title", PlainText.Of(hint)));
        return element;
    }

    private static XAttribute[] Fill(Ink ink) => [new("class", $"f-{ink.Name}"), new("fill", ink.Light)];

    private static XAttribute[] Stroke(Ink ink, double width) =>
        [new("class", $"s-{ink.Name}"), new("stroke", ink.Light), At("stroke-width", width), new("fill", "none")];

    private static XAttribute[] Around(Stamp stamp) => [At("x", stamp.Corner.X), At("y", stamp.Corner.Y), At("width", stamp.Width), At("height", stamp.Height)];

    private static XAttribute[] Circle(Dot dot) => [At("cx", dot.At.X), At("cy", dot.At.Y), At("r", dot.Radius)];

    private static string Points(ImmutableArray<Point> points) => string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"));

    private static XAttribute At(string name, double value) => new(name, Number(value));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
