using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>How good the best trial was as more and more trials ended.</summary>
public static class BestSoFar
{
    /// <returns>Null if no trial has completed.</returns>
    /// <param name="ended">Trials in the order in which they ended.</param>
    public static Picture? Of(Format format, IEnumerable<TrialReport> ended, TrialLabels labels)
    {
        var all = ended.Where(trial => trial.Status is not TrialStatus.Waiting).ToList();
        var results = all.Index().Where(trial => trial.Item is { Status: TrialStatus.Completed, Result.Validation: not null })
            .Select(trial => (Place: trial.Index + 1, Eer: 100 * trial.Item.Result!.Validation!.Eer, Trial: trial.Item)).ToList();
        if (results.Count == 0)
            return null;
        var left = all.Count - results.Count;
        var frame = new Frame(
            format,
            "Best result so far",
            left == 0 ? "Each dot is a trial; the line is the best of them so far." : $"Each dot is a completed trial; the line is the best of them so far. {Figures.Of(left, "other trial")} ended without a usable result.",
            Axis.Linear("Trials ended", 1, Math.Max(2, all.Count), isWhole: true),
            Axis.Around("Validation EER (%)", [.. results.Select(result => result.Eer)]));
        return frame.Picture("best-so-far", [.. Dots(), Steps()]);

        IEnumerable<Shape> Dots() => Thinning.OnePerPixel(
            results.Select(result => new Dot(Ink.Series[0], frame.At(result.Place, result.Eer)) { Opacity = 0.6, Hint = $"{labels.Of(result.Trial.Trial, result.Trial.Spec)}: {Figures.Percent(result.Eer / 100)}" }));

        Polyline Steps()
        {
            var (points, best) = (new List<Point>(), double.PositiveInfinity);
            foreach (var (place, eer, _) in results.Where(result => result.Eer < best))
            {
                if (points.Count > 0)
                    points.Add(frame.At(place, best));
                best = eer;
                points.Add(frame.At(place, best));
            }

            points.Add(frame.At(all.Count, best));
            return new(Ink.Series[1], [.. points]);
        }
    }
}
