using System.Text.Json.Nodes;
using Siamese.Client.CommandLine;
using Siamese.Contracts.Training;

namespace Siamese.Client.Output.Json;

/// <summary>One trial.</summary>
/// <param name="Status">`completed`, `failed`, `poisonous`, `unusable`, `cancelled` or `pruned`; while the sweep goes on, `waiting` or `running` too.</param>
/// <param name="Epochs">Number of epochs that it finished.</param>
/// <param name="Eers">Validation EER after each of them.</param>
/// <param name="Positives">Same pairs an epoch.</param>
/// <param name="Negatives">Different pairs an epoch.</param>
/// <param name="Reason">Why it failed, is unusable, was cancelled or was pruned, or why it is not being trained.</param>
/// <param name="KeptEpoch">The epoch whose weights it ended with.</param>
/// <param name="Findings">What is wrong with its training, with evidence and remedy.</param>
internal sealed record TrialDocument(
    string Trial, string Status, bool Reused, JsonObject Hyperparameters, int Shard, int Seed, int Epochs, double?[] Eers,
    double? Seconds, long? Positives, long? Negatives, MetricsDocument? Validation, string? Reason, int? KeptEpoch, string[] Findings)
{
    public static TrialDocument Of(TrialReport report) => new(
        report.Trial,
        Word.Of(report.Status),
        report.Reused,
        HyperparametersDocument.Of(report.Spec.Hyperparameters),
        report.Spec.Shard,
        report.Spec.Seed,
        CurveOf(report).Length,
        CurveOf(report),
        MetricsDocument.Finite(report.Result?.Seconds),
        report.Result?.Positives,
        report.Result?.Negatives,
        MetricsDocument.Of(report.Result?.Validation),
        report.Why ?? report.Result?.Reason,
        report.Result?.KeptEpoch,
        [.. report.Result?.Findings.Select(finding => finding.ToString()) ?? []]);
    /// <summary>One that was pruned has its last report only, with what went before in it.</summary>
    private static double?[] CurveOf(TrialReport report) => report switch
    {
        { Status: TrialStatus.Pruned, Result.Epochs: [.., var last] } => [.. last.Curve.Select(eer => MetricsDocument.Finite(eer))],
        { Result.Epochs: { IsDefault: false } epochs } => [.. epochs.Select(epoch => MetricsDocument.Finite(epoch.ValidationEer))],
        _ => [],
    };
}
