using Siamese.Client.Commands.Trials;
using Siamese.Client.Words;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Following;

/// <summary>The result of a sweep: its trials, its ensemble, and how good the ensemble is on test pairs.</summary>
internal static class SweepReport
{
    /// <summary>Maximum number of trials shown; the `trials` command shows all.</summary>
    private const int Shown = 50;

    public static void Write(IAnsiConsole console, SweepProgress progress, IReadOnlyCollection<TrialReport> trials)
    {
        var labels = new TrialLabels([.. trials.Select(trial => trial.Spec)]);
        var shown = trials.Take(Shown).ToList();
        console.WriteLine();
        console.WriteLine(Headline(progress, trials));
        if (progress.Stopped is { } stopped)
            console.WriteLine($"It was {stopped}.");
        if (progress.LeftOut is { } leftOut)
            console.WriteLine(leftOut);
        if (labels.Common.Length > 0)
            console.WriteLine($"Every trial: {labels.Common}.");
        PointTable.Write(console, trials, labels);
        console.WriteLine("EER, AUC and accuracy are on validation pairs.");
        console.Write(TrialTable.Of(shown, labels, console.Profile.Width));
        if (trials.Count > Shown)
            console.WriteLine($"and {Figures.Count(trials.Count - Shown)} more: client trials {progress.Sweep}");
        foreach (var reason in TrialTable.Reasons(shown))
            console.WriteLine(reason);
        foreach (var finding in TrialTable.Findings(shown))
            console.WriteLine(finding);
        if (progress.Result is { } result)
            WriteResult(console, result, labels);
        else
            console.WriteLine(progress.Problem ?? NoEnsemble(progress));
    }

    /// <summary>The members of an ensemble with their weights, one line each.</summary>
    public static IEnumerable<string> Members(Ensemble ensemble, TrialLabels labels) =>
        ensemble.Members.Select(member =>
            $"  weight {member.Weight:0.000}  {labels.Of(member.Trial, member.Spec)}  (validation EER {Figures.Percent(member.ValidationEer)}"
            + $"{(member.UnseenShardsEer is { } unseen ? $", on unseen shards {Figures.Percent(unseen)}" : "")})");

    /// <summary>Why there is no ensemble.</summary>
    public static string NoEnsemble(SweepProgress progress) =>
        progress.Phase == SweepPhase.Cancelled
            ? "It was cancelled before it formed an ensemble."
            : "No trial qualifies as a member, so there is no ensemble.";

    /// <summary>How the sweep ended, in one line.</summary>
    public static string Headline(SweepProgress progress, IReadOnlyCollection<TrialReport> trials)
    {
        var reused = trials.Count(trial => trial.Reused);
        var counts = trials.GroupBy(trial => trial.Status).OrderBy(group => group.Key)
            .Select(group => $"{Figures.Count(group.Count())} {Word.Of(group.Key)}");
        return $"Sweep {progress.Sweep} {Word.Of(progress.Phase)} after {Figures.Duration(progress.Seconds)}: "
            + $"{Figures.Of(trials.Count, "trial")}, {string.Join(", ", counts)}"
            + (reused > 0 ? $"; {Figures.Count(reused)} reused from earlier sweeps." : ".");
    }

    private static void WriteResult(IAnsiConsole console, SweepResult result, TrialLabels labels)
    {
        var ensemble = result.Ensemble.Ensemble;
        console.WriteLine($"Ensemble {ensemble.Name}, version {ensemble.Version}: {Figures.Of(ensemble.Members.Length, "member")}");
        foreach (var member in Members(ensemble, labels))
            console.WriteLine(member);
        console.WriteLine();
        console.WriteLine($"On {Figures.Count(result.TestPairs)} held-out test pairs:");
        console.WriteLine($"  ensemble              {Metrics(result.Test, result.Intervals?.Ensemble)}");
        console.WriteLine($"  best member {Figures.ShortId(result.BestMember)}  {Metrics(result.BestMemberTest, result.Intervals?.BestMember)}");
        if (result.Intervals is { } intervals)
            WriteCertainty(console, result, intervals);
        if (result is { Worst.IsDefaultOrEmpty: false })
            console.WriteLine($"Its worst mistakes, as images: client worst {ensemble.Name} --out worst");
        console.WriteLine();
        console.WriteLine($"Ask it about two images: client verdict A.png B.png --ensemble {ensemble.Name}");
    }

    private static void WriteCertainty(IAnsiConsole console, SweepResult result, TestIntervals intervals)
    {
        // An ensemble of the best member alone has no difference to report.
        if (intervals.Difference != default)
        {
            var difference = Figures.Points(result.Test.Eer - result.BestMemberTest.Eer);
            var judgement = intervals.Difference is { High: < 0 } or { Low: > 0 } ? "unlikely to be chance" : "may be chance";
            console.WriteLine($"  EER difference        {difference} points ({Figures.Points(intervals.Difference.Low)} to {Figures.Points(intervals.Difference.High)}), {judgement}");
        }

        console.WriteLine($"  probability           off by {Figures.Points(intervals.CalibrationError)} points on average ({Figures.Points(intervals.Calibration.Low)} to {Figures.Points(intervals.Calibration.High)})");
        if (result.Errors is { Shared: { IsEmpty: false } shared })
        {
            var range = shared.Length > 1 ? $", on average ({Figures.Points(shared.Min())} to {Figures.Percent(shared.Max())})" : "";
            console.WriteLine($"  errors in common      {Figures.Percent(shared.Average())} of the mistakes that either of two members makes{range}");
        }

        console.WriteLine($"Intervals are 95 %, from a bootstrap over the {Figures.Count(intervals.Images)} test images.");
    }

    private static string Metrics(PairMetrics metrics, Interval? eer) =>
        $"EER {Figures.Percent(metrics.Eer)}{(eer is { } interval ? $" ({Figures.Points(interval.Low)} to {Figures.Percent(interval.High)})" : "")}, "
        + $"AUC {Figures.Percent(metrics.Auc)}, accuracy {Figures.Percent(metrics.Accuracy)}";
}
