using System.Buffers.Binary;
using Siamese.Contracts.Maps;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Ensembles;

/// <summary>
/// Test images at the places of their embeddings: what an ensemble takes for alike lies together, as in Hadsell, Chopra,
/// LeCun, "Dimensionality reduction by learning an invariant mapping", CVPR 2006.
/// </summary>
public static class EmbeddingPlot
{
    /// <summary>Share of the span of the places that is left free on each side.</summary>
    private const double Margin = 0.04;

    /// <summary>The place of its size in a PNG file (ISO/IEC 15948).</summary>
    private const int WidthAt = 16, HeightAt = 20;

    private const double LetterWidth = 9, AroundLegend = 64, WidestLegend = 240;

    public static Picture Of(Format format, EmbeddingMap map)
    {
        var classes = map.Classes.Select(one => one.Label).ToList();
        var isColoured = classes.Count <= Ink.Series.Count;
        var legendWidth = isColoured ? Math.Min(WidestLegend, AroundLegend + (LetterWidth * classes.Max(label => label.Length))) : 0;
        var height = format.IsAlone ? format.Width - legendWidth : 0.95 * format.Width;
        var (x, y) = (map.Images.Select(image => image.X).ToList(), map.Images.Select(image => image.Y).ToList());
        var (across, up) = Axes(Frame.AreaOf(format, height, legendWidth), x, y, map);
        var copies = map.Images.Count(image => image.Shift != 0);
        var frame = new Frame(
            format,
            $"Test images as {map.Ensemble}, version {map.Version}, embeds them",
            $"{Figures.Of(map.Images.Length - copies, "image")} of {map.Data}{(copies > 0 ? $"; lines join copies shifted by {string.Join(", ", EmbeddingMapRequest.Shifts)} pixels" : "")}. "
                + (map.IsProjected ? "Places are principal components." : "Places are the embeddings."),
            across,
            up)
        {
            Height = height,
            LegendWidth = legendWidth,
        };
        var size = Math.Clamp(format.Width / Math.Sqrt(map.Images.Length) / 2, 10, 36);
        return frame.Picture(
            "embedding-map",
            [
                .. copies > 0 ? map.Images.GroupBy(image => image.Index).Select(copied => Line(frame, copied, InkOf(copied.First()))) : [],
                .. map.Images.Select(image => Stamp(frame, image, size, InkOf(image))),
            ],
            isColoured ? [.. classes.Index().Select(one => new LegendEntry(Ink.Series[one.Index], one.Item))] : []);

        Ink InkOf(MappedImage image) => isColoured ? Ink.Series[classes.IndexOf(image.Label)] : Ink.Faint;
    }

    /// <summary>Joins an image and its copies: the shorter the line, the less a shift matters to the ensemble.</summary>
    private static Polyline Line(Frame frame, IEnumerable<MappedImage> copied, Ink ink) =>
        new(ink, [.. copied.OrderBy(image => image.Shift).Select(image => frame.At(image.X, image.Y))], 1.5) { Opacity = 0.5 };

    /// <summary>Both axes have the same scale, so that distances can be compared.</summary>
    private static (Axis Across, Axis Up) Axes((double Across, double Up) area, List<double> x, List<double> y, EmbeddingMap map)
    {
        var unit = (1 + (2 * Margin)) * Math.Max(1e-9, Math.Max((x.Max() - x.Min()) / area.Across, (y.Max() - y.Min()) / area.Up));
        return (Axis(0, x, area.Across), Axis(1, y, area.Up));

        Axis Axis(int number, List<double> values, double length)
        {
            var (middle, half) = ((values.Min() + values.Max()) / 2, unit * length / 2);
            var name = number == 0 ? "First" : "Second";
            return Drawing.Axis.Linear(map.IsProjected ? $"{name} component ({Figures.Percent(map.Explained[number])} of the variance)" : $"{name} number of the embedding", middle - half, middle + half);
        }
    }

    private static Stamp Stamp(Frame frame, MappedImage image, double size, Ink ink)
    {
        var png = image.Png.AsSpan();
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png[WidthAt..]), BinaryPrimitives.ReadInt32BigEndian(png[HeightAt..]));
        var scale = size / Math.Max(width, height);
        return new(ink, frame.At(image.X, image.Y), scale * width, scale * height, image.Png)
        {
            Hint = $"{image.Label}, test image {image.Index}{(image.Shift == 0 ? "" : $", shifted by {image.Shift}")}",
        };
    }
}
