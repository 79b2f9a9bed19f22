using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Ensembles;

/// <summary>The probability of *same* that an ensemble states for each combined distance: its calibration.</summary>
public static class ProbabilityCurve
{
    private const int Steps = 400;

    public static Picture Of(Format format, Ensemble ensemble)
    {
        var end = 2.5 * ensemble.Threshold;
        var frame = new Frame(
            format,
            $"Probability that {ensemble.Name}, version {ensemble.Version}, states",
            Note(ensemble),
            Axis.Linear("Combined distance (1 is about the threshold)", 0, end),
            Axis.Linear("Probability of the same class (%)", 0, 100));
        var name = frame.At(ensemble.Threshold, 96);
        return frame.Picture("probability",
        [
            new Polyline(Ink.Series[1], [frame.At(ensemble.Threshold, 0), frame.At(ensemble.Threshold, 100)], 1.5) { Hint = $"Threshold {Figures.Decimals(ensemble.Threshold)}" },
            new Label(Ink.Series[1], name with { X = name.X + 8 }, $"threshold {Figures.Decimals(ensemble.Threshold)}", Label.Small),
            new Polyline(Ink.Series[0], [.. Enumerable.Range(0, Steps + 1).Select(step => end * step / Steps).Select(distance => frame.At(distance, 100 * Probability(ensemble, distance)))], 2.5),
        ]);
    }

    /// <summary>The probability for a prior of one half, as verdicts state it.</summary>
    public static double Probability(Ensemble ensemble, double distance)
    {
        var formed = ensemble.Isotonic?.Probability(distance) ?? 1 / (1 + Math.Exp((ensemble.PlattA * distance) + ensemble.PlattB));
        return ensemble.Recalibration?.Correct(formed) ?? formed;
    }

    private static string Note(Ensemble ensemble) => (ensemble.Isotonic is null ? "Platt's sigmoid" : "Isotonic regression")
        + (ensemble.Recalibration is null ? "" : ", corrected with feedback")
        + (ensemble.CalibrationCheck is { } check ? $"; off by {Figures.Points(check.Error)} points on average ({Figures.Points(check.ErrorInterval.Low)} to {Figures.Points(check.ErrorInterval.High)}) on held-out pairs." : ".");
}
