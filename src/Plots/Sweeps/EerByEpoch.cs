using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>How the validation EER of trials fell from epoch to epoch.</summary>
public static class EerByEpoch
{
    private const double LegendWidth = 390;

    /// <summary>Number of curves that colours can tell apart.</summary>
    public static int Most => Ink.Series.Count;

    /// <returns>Null if there are no curves.</returns>
    /// <param name="curves">At most <see cref="Most"/> are drawn, the first ones.</param>
    /// <param name="labels">For all that differs.</param>
    /// <param name="varied">The hyperparameters that tell the trials apart, for the legend; null for all that differ.</param>
    public static Picture? Of(Format format, IEnumerable<EerCurve> curves, TrialLabels labels, IReadOnlyCollection<Tried>? varied = null)
    {
        var shown = curves.Where(curve => curve.Points.Any()).Take(Most).ToList();
        if (shown.Count == 0)
            return null;
        var isLive = shown.Any(curve => curve.IsRunning);
        var frame = new Frame(
            format,
            shown.Count == 1 ? "Validation EER by epoch" : isLive ? "Validation EER by epoch of the best trials and of those in training" : $"Validation EER by epoch of the best {shown.Count} trials",
            $"A dot marks the epoch whose weights are kept.{(isLive ? " Trials in training are dashed." : "")}",
            Axis.Linear("Epoch", 1, Math.Max(2, shown.Max(curve => curve.Eers.Length)), isWhole: true),
            Axis.Around("Validation EER (%)", [.. shown.SelectMany(curve => curve.Points.Select(point => point.Percent))]))
        {
            LegendWidth = LegendWidth,
        };
        return frame.Picture(
            "eer-by-epoch",
            shown.Index().SelectMany(curve => Shapes(frame, Ink.Series[curve.Index], curve.Item, Long(curve.Item))),
            [.. shown.Index().Select(curve => new LegendEntry(Ink.Series[curve.Index], Short(curve.Item), Long(curve.Item)))]);

        string Long(EerCurve curve) => $"{labels.Of(curve.Trial, curve.Spec)}{(curve.IsRunning ? ", in training" : "")}";

        // What varies says more than an id. If nothing varies, the id is all there is.
        string Short(EerCurve curve) =>
            labels.ValuesOf(curve.Spec, heading => heading is "shard" or "seed" || (varied?.Any(one => one.Hyperparameter.Heading == heading) ?? true)) is { Length: > 0 } text
                ? text
                : Figures.ShortId(curve.Trial);
    }

    private static IEnumerable<Shape> Shapes(Frame frame, Ink ink, EerCurve curve, string label)
    {
        (int Epoch, double Eer)[] points = [.. curve.Points];
        yield return new Polyline(ink, [.. points.Select(point => frame.At(point.Epoch, point.Eer))]) { Hint = label, IsDashed = curve.IsRunning };
        // A line of one point is invisible.
        var marked = points.Length == 1 || curve.IsRunning ? points[^1].Epoch : curve.KeptEpoch;
        foreach (var (epoch, eer) in points.Where(point => point.Epoch == marked))
            yield return new Dot(ink, frame.At(epoch, eer)) { Hint = $"{label}, epoch {epoch}: {Figures.Percent(eer / 100)}" };
    }
}
