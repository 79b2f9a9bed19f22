using System.Text.Json.Nodes;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>One trial.</summary>
/// <param name="Status">`completed`, `failed`, `poisonous`, `unusable`, `cancelled` or `pruned`; while the sweep runs, also `waiting` or `running`.</param>
/// <param name="Epochs">Number of finished epochs.</param>
/// <param name="Eers">Validation EER after each of them.</param>
/// <param name="Losses">Mean training loss of each epoch; empty until the trial has ended.</param>
/// <param name="Positives">Same pairs per epoch.</param>
/// <param name="Negatives">Different pairs per epoch.</param>
/// <param name="Reason">Why it failed, is unusable, was cancelled or was pruned, or why it is not being trained.</param>
/// <param name="KeptEpoch">The epoch whose weights were kept.</param>
/// <param name="Findings">Problems found in its training, with evidence and remedy.</param>
public sealed record TrialDocument(
    string Trial, string Status, bool Reused, JsonObject Hyperparameters, int Shard, int Seed, int Epochs, double?[] Eers, double?[] Losses,
    double? Seconds, long? Positives, long? Negatives, MetricsDocument? Validation, string? Reason, int? KeptEpoch, string[] Findings)
{
    public static TrialDocument Of(TrialReport report) => new(
        report.Trial,
        Words.Of(report.Status),
        report.Reused,
        HyperparametersDocument.Of(report.Spec.Hyperparameters),
        report.Spec.Shard,
        report.Spec.Seed,
        CurveOf(report).Length,
        CurveOf(report),
        report.Result is { Epochs: { IsDefault: false } epochs } ? [.. epochs.Select(epoch => MetricsDocument.Finite(epoch.Loss))] : [],
        MetricsDocument.Finite(report.Result?.Seconds),
        report.Result?.Positives,
        report.Result?.Negatives,
        MetricsDocument.Of(report.Result?.Validation),
        report.Why ?? report.Result?.Reason,
        report.Result?.KeptEpoch,
        [.. report.Result?.Findings.Select(finding => finding.ToString()) ?? []]);

    /// <summary>A pruned trial has only its last report, which includes the earlier epochs.</summary>
    private static double?[] CurveOf(TrialReport report) => report switch
    {
        { Status: TrialStatus.Pruned, Result.Epochs: [.., var last] } => [.. last.Curve.Select(eer => MetricsDocument.Finite(eer))],
        { Result.Epochs: { IsDefault: false } epochs } => [.. epochs.Select(epoch => MetricsDocument.Finite(epoch.ValidationEer))],
        _ => [],
    };
}

/// <summary>Every trial of a sweep, best validation EER first.</summary>
public sealed record TrialsDocument(string Sweep, IReadOnlyList<TrialDocument> Trials);

/// <summary>One point of a sweep with repeated trials.</summary>
/// <param name="Trials">Ids of its trials.</param>
/// <param name="Usable">Number of trials that ended usable.</param>
/// <param name="MeanEer">Mean validation EER of the usable trials, 0 to 1; null if there are none.</param>
/// <param name="HalfWidth">Half the width of the mean's 95 % interval; null for fewer than two usable trials.</param>
public sealed record PointDocument(JsonObject Hyperparameters, string[] Trials, int Usable, double? MeanEer, double? HalfWidth)
{
    /// <summary>The points of trials, ranked; null if every point has a single trial.</summary>
    public static IReadOnlyList<PointDocument>? Of(IReadOnlyCollection<TrialReport> trials) =>
        PointSummary.Rank(trials) is { Count: > 0 } points ? [.. points.Select(Of)] : null;

    private static PointDocument Of(PointSummary point) => new(
        HyperparametersDocument.Of(point.Hyperparameters), [.. point.Trials.Select(trial => trial.Trial)], point.Usable, point.Mean, point.HalfWidth);
}
