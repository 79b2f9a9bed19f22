using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>How much each hyperparameter mattered, with intervals.</summary>
public static class ImportanceBars
{
    /// <returns>Null if there are too few points for shares.</returns>
    public static Picture? Of(Format format, ImportanceReport report)
    {
        var shares = report.Hyperparameters.Where(one => one.Share is not null).Select(one => (Hyperparameter.Named(one.Hyperparameter).Heading, Share: one.Share!.Value)).ToList();
        if (shares.Count == 0)
            return null;
        var rows = new Rows(format, "Hyperparameter", [.. shares.Select(one => one.Heading)]);
        var frame = rows.Frame(
            "Which hyperparameters mattered",
            report.Doubt ?? $"From {Figures.Of(report.Points, "point")} ({Figures.Of(report.Trials, "trial")}); lines are 95 % intervals.",
            Axis.Linear("Share of the variance of log EER (%)", 0, Math.Max(100, 100 * shares.Max(one => one.Share.High))));
        return frame.Picture("importance", shares.Index().SelectMany(one => Shapes(one.Index, one.Item.Heading, one.Item.Share)));

        IEnumerable<Shape> Shapes(int row, string heading, Estimate share)
        {
            yield return rows.Bar(frame, row, 0, 100 * share.Value, Ink.Series[0]) with { Hint = $"{heading}: {Figures.Percent(share.Value)} ({Figures.Points(share.Low)} to {Figures.Points(share.High)})" };
            foreach (var line in rows.Interval(frame, row, 100 * share.Low, 100 * share.High))
                yield return line;
        }
    }
}
