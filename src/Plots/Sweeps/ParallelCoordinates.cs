using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>Each trial as a line through its hyperparameters and its validation EER (Inselberg 1985).</summary>
public static class ParallelCoordinates
{
    private const int MaximumLines = 300, MaximumAxes = 10;

    /// <summary>Many axes need it, so that a narrow page shows a part.</summary>
    private const double Width = 1000;

    private const double Headings = 40, Length = 456, Bottom = 48, Left = 80, Right = 70;

    private const string Eer = "EER (%)";

    /// <returns>Null if no hyperparameter varies, or fewer than two trials have completed.</returns>
    /// <param name="varied">The hyperparameters, the most important first.</param>
    /// <param name="trials">Completed trials, best validation EER first.</param>
    public static Picture? Of(Format format, IReadOnlyList<Tried> varied, IReadOnlyList<TrialReport> trials, TrialLabels labels)
    {
        if (varied.Count == 0 || trials.Count < 2)
            return null;
        var (shown, lines) = (varied.Take(MaximumAxes - 1).ToList(), trials.Take(MaximumLines).ToList());
        var axes = (List<(Axis Axis, Func<TrialReport, double?> Value)>)
        [
            .. shown.Select(tried => (tried.Axis, (Func<TrialReport, double?>)tried.Place)),
            (Axis.Around(Eer, [.. lines.Select(Percent)]), trial => Percent(trial)),
        ];
        const string Title = "Trials by hyperparameters and result";
        var note = (lines.Count < trials.Count ? $"The best {lines.Count} of {Figures.Count(trials.Count)} completed trials. " : "")
            + (shown.Count < varied.Count ? $"{shown.Count} of {varied.Count} hyperparameters. " : "") + "Colours go from the best fifth of the trials to the worst. A line passes below an axis that does not apply.";
        var top = format.Top + Headings;
        return new(
            "parallel-coordinates", Title, note, Width, top + Length + Bottom,
            [
                .. Frame.Heading(format, Title, note, top + Length + Bottom),
                .. lines.Index().Reverse().Select(line => Line(line.Index, line.Item)),
                .. axes.Index().SelectMany(axis => Shapes(axis.Index, axis.Item.Axis)),
            ]);

        Polyline Line(int place, TrialReport trial) => new(
            Ink.Ranks[place * Ink.Ranks.Count / lines.Count],
            [.. axes.Index().Select(axis => new Point(X(axis.Index), Y(top, axis.Item.Axis, axis.Item.Value(trial))))],
            lines.Count > 60 ? 1 : 1.8)
        {
            Opacity = 0.8,
            Hint = $"{labels.Of(trial.Trial, trial.Spec)}: {Figures.Percent(Percent(trial) / 100)}",
        };

        IEnumerable<Shape> Shapes(int place, Axis axis)
        {
            var (x, room) = (X(place), (Width - Left - Right) / (axes.Count - 1));
            // The headings of neighbours are at two heights, so that they do not touch.
            yield return new Label(Ink.Text, new(x, top - (place % 2 == 0 ? 14 : 32)), Frame.Fit(axis.Title, 1.9 * room, Label.Small), Label.Small, Align.Middle) { Hint = axis.Title };
            yield return new Polyline(Ink.Faint, [new(x, top), new(x, top + Length)], 1.5);
            foreach (var tick in axis.Ticks)
            {
                var (y, text) = (Y(top, axis, tick.Value), Frame.Fit(tick.Text, Math.Max(40, room - 24), 13));
                yield return new Box(Ink.Paper, new(x + 6, y - 8), (text.Length * 7.6) + 6, 16) { Opacity = 0.8 };
                yield return new Polyline(Ink.Faint, [new(x - 4, y), new(x + 4, y)], 1.5);
                yield return new Label(Ink.Text, new(x + 9, y + 5), text, 13);
            }
        }

        double X(int place) => Left + (place * (Width - Left - Right) / (axes.Count - 1));
    }

    /// <summary>What does not apply to a trial lies below the axis.</summary>
    private static double Y(double top, Axis axis, double? value) => top + (value is { } number ? (1 - axis.Place(number)) * Length : Length + (Bottom / 2));

    private static double Percent(TrialReport trial) => 100 * trial.Result!.Validation!.Eer;
}
