using System.Globalization;
using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;
using Spectre.Console;

namespace Siamese.Client.Output.Reports;

/// <summary>What feedback on verdicts says of an ensemble.</summary>
internal static class FeedbackReport
{
    public static void Write(IAnsiConsole console, IEnumerable<(string Ensemble, FeedbackTally Tally)> tallies)
    {
        foreach (var (ensemble, tally) in tallies)
        {
            console.WriteLine(
                $"Stored. Ensemble {ensemble}, version {tally.Version}, has feedback on {Figures.Of(tally.Same, "pair")} that are the same and {Figures.Count(tally.Different)} that are different; "
                + $"it has {Figures.Count(tally.Wrong)} of them on the wrong side."
                + (tally.Elsewhere > 0 ? $" {Figures.Of(tally.Elsewhere, "pair")} more were judged by other members." : ""));
            foreach (var drift in tally.Drifts)
                console.WriteLine(Line(ensemble, drift));
        }
    }

    public static void Write(IAnsiConsole console, string ensemble, Recalibrated recalibrated)
    {
        var (found, version) = (recalibrated.Found, recalibrated.Version?.Ensemble);
        var loss = string.Create(CultureInfo.InvariantCulture, $"log-loss on held-out feedback {found.LossBefore:0.000} before, {found.LossAfter:0.000} after");
        var pairs = $"{Figures.Count(found.Same)} same and {Figures.Count(found.Different)} different pairs";
        console.WriteLine(version switch
        {
            null => $"No version is made: the feedback on {pairs} does not ask for another calibration ({loss}).",
            _ when found.LossAfter >= found.LossBefore => $"Ensemble {ensemble}, version {version.Version}: takes back what earlier feedback led to; that on {pairs} asks for no correction ({loss}).",
            _ => $"Ensemble {ensemble}, version {version.Version}: heeds {pairs} of feedback; {loss}; {Correction(found)}.",
        });
        if (version is not null)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A distance up to {version.Threshold:0.000} is same."));
    }

    /// <summary>Where recent feedback contradicts an ensemble.</summary>
    public static string Line(string ensemble, Drift drift) => string.Create(
        CultureInfo.InvariantCulture,
        $"Drift: ensemble {ensemble}, version {drift.Version}, says on average {100 * drift.Probability:0.0} % of same to the last {drift.Pairs} pairs of feedback that are {Word.Of(drift.Kind)}, "
        + $"where {100 * drift.Expected:0.0} % is to be expected (by chance in {100 * drift.Chance:0.00} % of cases). `client recalibrate {ensemble}` heeds it.");

    /// <summary>What a correction does to probabilities.</summary>
    public static string Correction(Recalibration found) =>
        string.Create(CultureInfo.InvariantCulture, $"log odds times {found.Slope:0.00} {(found.Shift < 0 ? "less" : "plus")} {Math.Abs(found.Shift):0.00}");
}
