using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Wording;
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

    /// <summary>What recalibrating would change.</summary>
    public static void Write(IAnsiConsole console, string ensemble, RecalibrationEffect effect)
    {
        var (pairs, loss) = Evidence(effect.Found);
        console.WriteLine(effect switch
        {
            { IsNone: true } => $"Ensemble {ensemble}, version {effect.Version}, would stay as it is, with feedback on {pairs} ({loss}).",
            { IsUndone: true } => $"Ensemble {ensemble}, version {effect.Version}: the correction from earlier feedback would be undone, because the feedback on {pairs} calls for none ({loss}).",
            _ => $"Ensemble {ensemble}, version {effect.Version}, would be corrected with feedback on {pairs}: {loss}; {Correction(effect.Found)}.",
        });
        if (!effect.IsNone)
        {
            console.WriteLine(
                $"Distances up to {Figures.Decimals(effect.ThresholdAfter)} instead of {Figures.Decimals(effect.ThresholdBefore)} would be judged same. "
                + $"Of {Figures.Of(effect.Judged, "judged pair")}, {Figures.Count(effect.WrongAfter)} instead of {Figures.Count(effect.WrongBefore)} would be misjudged."
                + (effect.Changed is { } changed ? $" Of the validation pairs, {Figures.Percent(changed)} would get another verdict." : ""));
        }

        if (effect.Callers.Length > 1)
        {
            foreach (var share in effect.Callers)
                console.WriteLine(Line(share));
        }
    }

    public static void Write(IAnsiConsole console, string ensemble, Recalibrated recalibrated)
    {
        var (found, version) = (recalibrated.Found, recalibrated.Version?.Ensemble);
        var (pairs, loss) = Evidence(found);
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

    private static (string Pairs, string Loss) Evidence(Recalibration found) => (
        $"{Figures.Count(found.Same)} same and {Figures.Count(found.Different)} different pairs",
        string.Create(CultureInfo.InvariantCulture, $"log-loss on held-out feedback {found.LossBefore:0.000} before, {found.LossAfter:0.000} after"));

    private static string Line(FeedbackShare share)
    {
        var from = share.Caller is { } caller ? $"'{PlainText.Of(caller)}'" : "an earlier build";
        return $"Feedback from {from}: {Figures.Of(share.Entries, "pair")}"
            + (share.IsLimited
                ? $", which count {Figures.Number(share.Same)} (same) and {Figures.Number(share.Different)} (different) each, so that they do not outweigh everybody else's; --trust counts them in full."
                : ".");
    }

    /// <summary>What a correction does to probabilities.</summary>
    public static string Correction(Recalibration found) =>
        string.Create(CultureInfo.InvariantCulture, $"log odds times {found.Slope:0.00} {(found.Shift < 0 ? "minus" : "plus")} {Math.Abs(found.Shift):0.00}");
}
