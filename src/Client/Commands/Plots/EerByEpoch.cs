using Siamese.Client.Commands.Trials;
using Siamese.Client.Drawing;
using Siamese.Client.Words;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Commands.Plots;

/// <summary>How the validation EER of the best trials fell from epoch to epoch.</summary>
internal static class EerByEpoch
{
    private const double LegendWidth = 390;

    /// <returns>Null if no usable trial has finished an epoch.</returns>
    /// <param name="trials">Best validation EER first.</param>
    /// <param name="varied">The hyperparameters that tell the trials apart, for the legend.</param>
    /// <param name="labels">For all that differs.</param>
    public static Picture? Of(IEnumerable<TrialReport> trials, IReadOnlyCollection<Tried> varied, TrialLabels labels)
    {
        var curves = trials
            .Where(trial => trial.Status is not (TrialStatus.Unusable or TrialStatus.Failed or TrialStatus.Poisonous))
            .Select(trial => (Trial: trial, Eers: Percents(trial)))
            .Where(curve => curve.Eers.Length > 0)
            .Take(Ink.Series.Count)
            .ToList();
        if (curves.Count == 0)
            return null;
        var frame = new Frame(
            curves.Count == 1 ? "Validation EER by epoch" : $"Validation EER by epoch of the best {curves.Count} trials",
            note: "A dot marks the epoch whose weights are kept.",
            Axis.Linear("Epoch", 1, Math.Max(2, curves.Max(curve => curve.Eers.Length)), isWhole: true),
            Axis.Around("Validation EER (%)", [.. curves.SelectMany(curve => curve.Eers.Select(point => point.Eer))]))
        {
            Right = LegendWidth,
        };
        var named = labels.Varying.Where(label => label.Heading is "shard" or "seed" || varied.Any(one => one.Hyperparameter.Heading == label.Heading)).ToList();
        return frame.Picture("eer-by-epoch", curves.Index().SelectMany(curve => Shapes(frame, curve.Index, curve.Item.Trial, curve.Item.Eers, Short(curve.Item.Trial), labels.Of(curve.Item.Trial.Trial, curve.Item.Trial.Spec))));

        // What varies says more than an id. If nothing varies, the id is all there is.
        string Short(TrialReport trial) =>
            string.Join(", ", named.Select(label => (label.Heading, Value: label.Write(trial.Spec))).Where(label => label.Value != Figures.None).Select(label => $"{label.Heading} {label.Value}")) is { Length: > 0 } text
                ? text
                : Figures.ShortId(trial.Trial);
    }

    private static IEnumerable<Shape> Shapes(Frame frame, int row, TrialReport trial, (int Epoch, double Eer)[] eers, string name, string label)
    {
        var (ink, entry) = (Ink.Series[row], frame.Beside(row));
        yield return new Polyline(ink, [.. eers.Select(point => frame.At(point.Epoch, point.Eer))]) { Hint = label };
        // A line of one point is invisible.
        var kept = eers.Length == 1 ? eers[0].Epoch : trial.Result?.KeptEpoch;
        foreach (var (epoch, eer) in eers.Where(point => point.Epoch == kept))
            yield return new Dot(ink, frame.At(epoch, eer)) { Hint = $"{label}, epoch {epoch}: {Figures.Percent(eer / 100)}" };
        yield return new Polyline(ink, [entry, entry with { X = entry.X + 18 }], 4);
        yield return new Label(Ink.Text, new(entry.X + 26, entry.Y + 5), Frame.Fit(name, LegendWidth - 50, 13), 13) { Hint = label };
    }

    private static (int Epoch, double Eer)[] Percents(TrialReport trial) =>
        [.. from epoch in TrialDocument.Of(trial).Eers.Index() where epoch.Item is not null select (epoch.Index + 1, 100 * epoch.Item!.Value)];
}
