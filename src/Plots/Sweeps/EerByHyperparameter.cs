using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>The validation EER of each trial by its value of one hyperparameter.</summary>
public static class EerByHyperparameter
{
    /// <summary>Words are drawn this far apart at most, in units of their distance, so that dots of one word do not hide each other.</summary>
    private const double Spread = 0.5;

    /// <summary>Spreads numbers evenly, however many there are (the golden ratio).</summary>
    private const double Turn = 0.6180339887498949;

    /// <param name="trials">Completed trials, best validation EER first.</param>
    public static Picture Of(Format format, Tried tried, IReadOnlyList<TrialReport> trials, TrialLabels labels)
    {
        var placed = trials.Where(trial => tried.Place(trial) is not null).ToList();
        var frame = new Frame(
            format,
            $"Validation EER by {tried.Title}",
            "Each dot is a completed trial." + (placed.Count < trials.Count ? $" {Figures.Of(trials.Count - placed.Count, "trial")} to which it does not apply are left out." : ""),
            tried.Axis,
            Axis.Around("Validation EER (%)", [.. placed.Select(Percent)]));
        return frame.Picture($"eer-by-{tried.Hyperparameter.Name}", Thinning.OnePerPixel(placed.Index().Select(trial => Shape(trial.Index, trial.Item))));

        Dot Shape(int place, TrialReport trial)
        {
            var aside = tried.Words.Count > 0 ? Spread * ((place * Turn % 1) - 0.5) : 0;
            return new(Ink.Series[0], frame.At(tried.Place(trial)!.Value + aside, Percent(trial)), 5)
            {
                Opacity = 0.65,
                Hint = $"{labels.Of(trial.Trial, trial.Spec)}: {Figures.Percent(trial.Result!.Validation!.Eer)}",
            };
        }
    }

    private static double Percent(TrialReport trial) => 100 * trial.Result!.Validation!.Eer;
}
