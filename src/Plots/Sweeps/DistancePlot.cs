using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>The distances of same and of different validation pairs as two histograms, with the threshold between them.</summary>
public static class DistancePlot
{
    public static Picture Of(Format format, DistanceHistogram histogram)
    {
        (string Name, Ink Ink, double[] Shares)[] kinds = [("same pairs", Ink.Series[0], Shares(histogram.Same)), ("different pairs", Ink.Series[1], Shares(histogram.Different))];
        var frame = new Frame(
            format,
            "Distances of validation pairs",
            $"{Figures.Count(histogram.Same.Sum())} same and {Figures.Count(histogram.Different.Sum())} different pairs. The line is the threshold {Figures.Decimals(histogram.Threshold)}, at which both kinds of error are equally frequent.",
            Axis.Linear("Distance", 0, histogram.Width * DistanceHistogram.Bins),
            Axis.Linear("Share of the pairs of the kind (%)", 0, 1.05 * kinds.Max(kind => kind.Shares.Max())));
        return frame.Picture(
            "distances",
            [
                .. kinds.SelectMany(kind => Shapes(frame, histogram.Width, kind.Ink, kind.Shares)),
                new Polyline(Ink.Text, [frame.At(histogram.Threshold, 0), frame.At(histogram.Threshold, double.MaxValue)], 1.5) { IsDashed = true, Hint = $"Threshold {Figures.Decimals(histogram.Threshold)}" },
            ],
            [.. kinds.Select(kind => new LegendEntry(kind.Ink, kind.Name))]);
    }

    private static double[] Shares(ImmutableArray<int> counts) => [.. counts.Select(count => 100.0 * count / Math.Max(1, counts.Sum()))];

    private static IEnumerable<Shape> Shapes(Frame frame, double width, Ink ink, double[] shares)
    {
        ImmutableArray<Point> outline =
        [
            frame.At(0, 0),
            .. shares.Index().SelectMany(bin => new[] { frame.At(width * bin.Index, bin.Item), frame.At(width * (bin.Index + 1), bin.Item) }),
            frame.At(width * shares.Length, 0),
        ];
        yield return new Area(ink, outline) { Opacity = 0.3 };
        yield return new Polyline(ink, outline, 1.5);
    }
}
