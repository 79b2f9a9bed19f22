using System.Xml.Linq;
using Siamese.Client.Commands.Following;
using Siamese.Client.Words;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;
using Siamese.Plots;
using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;

namespace Siamese.Client.Commands.Reports;

/// <summary>The report of a sweep: what was tried on which data, the trials, and what mattered.</summary>
internal static class SweepPage
{
    /// <summary>A page with more trials would be slow to open.</summary>
    private const int MaximumTrials = 2000;

    public static byte[] Of(SweepFindings sweep, EnsembleFindings? ensemble, IReadOnlyList<WorstImage> worst, IReadOnlyList<string> remarks)
    {
        var labels = new TrialLabels([.. sweep.Trials.Select(trial => trial.Spec)]);
        var title = $"Sweep {sweep.Progress.Sweep}";
        return Html.Page(title,
        [
            Html.Heading(1, title),
            .. sweep.Trials.IsEmpty ? [] : (XElement[])[Html.Paragraph(SweepReport.Headline(sweep.Progress, sweep.Trials))],
            .. remarks.Select(Html.Paragraph),
            .. Result(sweep.Progress, ensemble, labels),
            .. Plots(sweep, ensemble),
            .. Settings(sweep, labels),
            .. Importance(sweep.Importance),
            .. Points(sweep, labels),
            .. Trials(sweep, labels),
            .. EnsemblePart.Worst(worst),
        ]);
    }

    private static IEnumerable<XElement> Result(SweepProgress progress, EnsembleFindings? ensemble, TrialLabels labels)
    {
        yield return Html.Heading(2, "Ensemble");
        if (ensemble is null)
        {
            yield return Html.Paragraph(progress.Problem ?? (progress.Phase is SweepPhase.Completed or SweepPhase.Cancelled ? SweepReport.NoEnsemble(progress) : "It has no ensemble yet."));
            yield break;
        }

        foreach (var part in EnsemblePart.Of(ensemble, progress.Result, labels))
            yield return part;
    }

    private static IEnumerable<XElement> Plots(SweepFindings sweep, EnsembleFindings? ensemble)
    {
        yield return Html.Heading(2, "Plots");
        foreach (var picture in Pictures.Of(Format.File, new Findings(sweep, ensemble, [])))
            yield return Html.Figure(picture);
    }

    private static IEnumerable<XElement> Settings(SweepFindings sweep, TrialLabels labels)
    {
        var progress = sweep.Progress;
        yield return Html.Heading(2, "Data and settings");
        yield return Html.Facts(
        [
            ("Submitted", Figures.Time(progress.SubmittedAt)),
            ("State", $"{Word.Of(progress.Phase)}{(progress.Stopped is { } stopped ? $", {stopped}" : "")}"),
            ("Time", Figures.Duration(progress.Seconds)),
            .. progress.Plan is { } plan ? Data(plan) : [],
            .. from tried in Tried.Among(sweep.Trials) select (tried.Hyperparameter.Heading, Values(tried)),
            ("Every trial", labels.Common.Length > 0 ? labels.Common : Figures.None),
        ]);
        string[] notes = [.. progress.Plan?.Remarks.Select(OptionNames.InOptions) ?? [], .. progress.LeftOut is { } leftOut ? [leftOut] : Array.Empty<string>(), .. progress.Problem is { } problem ? [problem] : Array.Empty<string>()];
        if (notes.Length > 0)
            yield return Html.List(notes);
    }

    private static IEnumerable<(string, string)> Data(SweepPlan plan)
    {
        yield return ("Data", $"{plan.DataName}, {(plan.Classes == 1 ? "1 class" : $"{Figures.Count(plan.Classes)} classes")}");
        yield return ("Images", $"{Figures.Count(plan.TrainingImages)} for training, {Figures.Count(plan.ValidationImages)} for validation, {Figures.Count(plan.TestImages)} for the test");
        yield return ("Fingerprint of the data", plan.DataFingerprint);
    }

    private static string Values(Tried tried) => tried switch
    {
        { Words.Count: > 0 } => string.Join(", ", tried.Words),
        { Numbers.Count: <= 8 } => string.Join(", ", tried.Numbers.Order().Select(number => Figures.Number(number))),
        _ => $"{Figures.Count(tried.Numbers.Count)} values from {Figures.Number(tried.Numbers.Min())} to {Figures.Number(tried.Numbers.Max())}",
    };

    private static IEnumerable<XElement> Importance(ImportanceReport? report)
    {
        if (report is null)
            yield break;
        yield return Html.Heading(2, "Which hyperparameters mattered");
        if (report.Doubt is { } doubt)
            yield return Html.Paragraph(doubt);
        yield return Html.Table(
            ["hyperparameter", "share of the variance of log EER#", "95 % interval#", "best", "mean EER#", "trials#"],
            report.Hyperparameters.Select(one => (string[])
            [
                Hyperparameter.Named(one.Hyperparameter).Heading,
                one.Share is { } share ? Figures.Percent(share.Value) : Figures.None,
                one.Share is { } around ? $"{Figures.Points(around.Low)} to {Figures.Points(around.High)}" : Figures.None,
                one.Best.Low == one.Best.High ? TrialLabels.Write(one.Best.Low) : $"{TrialLabels.Write(one.Best.Low)} to {TrialLabels.Write(one.Best.High)}",
                Figures.Percent(one.Best.Eer),
                Figures.Count(one.Best.Trials),
            ]));
        if (!report.Remarks.IsEmpty)
            yield return Html.List(report.Remarks);
    }

    private static IEnumerable<XElement> Points(SweepFindings sweep, TrialLabels labels)
    {
        var points = PointSummary.Rank(sweep.Trials);
        if (points.Count == 0)
            yield break;
        var columns = labels.Varying.Where(label => points.All(point => point.Trials.Select(trial => label.Write(trial.Spec)).Distinct().Count() == 1)).ToArray();
        yield return Html.Heading(2, "Points");
        yield return Html.Paragraph("Trials with the same hyperparameters, by their mean validation EER, with 95 % intervals.");
        yield return Html.Table(
            [.. columns.Select(column => $"{column.Heading}#"), "mean EER#", "interval#", "usable trials#"],
            points.Take(MaximumTrials).Select(point => (string[])
            [
                .. columns.Select(column => column.Write(point.Trials[0].Spec)),
                Figures.Percent(point.Mean),
                point is { Mean: { } mean, HalfWidth: { } half } ? $"{Figures.Percent(Math.Max(0, mean - half))} to {Figures.Percent(mean + half)}" : Figures.None,
                $"{point.Usable} of {point.Trials.Count}",
            ]));
    }

    private static IEnumerable<XElement> Trials(SweepFindings sweep, TrialLabels labels)
    {
        yield return Html.Heading(2, "Trials");
        yield return Html.Paragraph(sweep.Trials.Length > MaximumTrials
            ? $"The best {Figures.Count(MaximumTrials)} of {Figures.Count(sweep.Trials.Length)}, by the EER on validation pairs."
            : "EER, AUC and accuracy are on validation pairs.");
        yield return Html.Table(
            ["trial", "status", .. labels.Varying.Select(label => $"{label.Heading}#"), "EER#", "AUC#", "accuracy#", "epochs#", "time#", "reason and findings"],
            sweep.Trials.Take(MaximumTrials).Select(trial => (string[])
            [
                Figures.ShortId(trial.Trial),
                Word.Of(trial.Status) + (trial.Reused ? ", reused" : ""),
                .. labels.Varying.Select(label => label.Write(trial.Spec)),
                Figures.Percent(trial.Result?.Validation?.Eer),
                Figures.Percent(trial.Result?.Validation?.Auc),
                Figures.Percent(trial.Result?.Validation?.Accuracy),
                trial.Result is { Epochs: { IsDefaultOrEmpty: false } epochs } ? $"{epochs[^1].Epoch}" : Figures.None,
                trial.Result is { } result ? Figures.Duration(result.Seconds) : Figures.None,
                string.Join("; ", Reasons(trial)),
            ]));
    }

    private static IEnumerable<string> Reasons(TrialReport trial) =>
        new[] { trial.Why ?? trial.Result?.Reason }.OfType<string>().Concat(trial.Result?.Findings.Select(finding => finding.ToString()) ?? []).Distinct();
}
