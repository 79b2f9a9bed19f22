using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts.Ensembles;
using Spectre.Console;

namespace Siamese.Client.Commands.Ensembles;

/// <summary>What feedback on verdicts shows about an ensemble.</summary>
internal static class FeedbackReport
{
    public static void Write(IAnsiConsole console, IEnumerable<(string Ensemble, FeedbackTally Tally)> tallies)
    {
        foreach (var (ensemble, tally) in tallies)
        {
            console.WriteLine(
                $"Stored. Ensemble {ensemble}, version {tally.Version}, has feedback on {Figures.Of(tally.Same, "pair")} that are the same and {Figures.Count(tally.Different)} that are different; "
                + $"it misjudged {Figures.Count(tally.Wrong)} of them."
                + (tally.Elsewhere > 0 ? $" Not counted: {Figures.Of(tally.Elsewhere, "pair")} judged by other members." : ""));
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
            null => $"No new version: the feedback on {pairs} does not call for recalibration ({loss}).",
            _ when found.LossAfter >= found.LossBefore => $"Ensemble {ensemble}, version {version.Version}: undoes the correction from earlier feedback; the feedback on {pairs} calls for none ({loss}).",
            _ => $"Ensemble {ensemble}, version {version.Version}: recalibrated with feedback on {pairs}; {loss}; {Correction(found)}.",
        });
        if (version is not null)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Distances up to {version.Threshold:0.000} are judged same."));
    }

    /// <summary>How recent feedback contradicts an ensemble.</summary>
    public static string Line(string ensemble, Drift drift) => string.Create(
        CultureInfo.InvariantCulture,
        $"Drift: ensemble {ensemble}, version {drift.Version}, predicts same with {100 * drift.Probability:0.0} % on average for the last {drift.Pairs} pairs that feedback calls {Word.Of(drift.Kind)}; "
        + $"{100 * drift.Expected:0.0} % is expected (a gap this large arises by chance in {100 * drift.Chance:0.00} % of cases). Run `client recalibrate {ensemble}` to correct it.");

    /// <summary>What a correction does to probabilities.</summary>
    public static string Correction(Recalibration found) =>
        string.Create(CultureInfo.InvariantCulture, $"log odds times {found.Slope:0.00} {(found.Shift < 0 ? "minus" : "plus")} {Math.Abs(found.Shift):0.00}");
}
