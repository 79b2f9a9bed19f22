using System.Text.Json.Nodes;
using Siamese.Client.CommandLine;
using Siamese.Contracts.Training;

namespace Siamese.Client.Output.Json;

/// <summary>One trial.</summary>
/// <param name="Status">`completed`, `failed`, `poisonous`, `unusable` or `cancelled`; while the sweep goes on, `waiting` or `running` too.</param>
/// <param name="Epochs">Number of epochs that it finished.</param>
/// <param name="Positives">Same pairs an epoch.</param>
/// <param name="Negatives">Different pairs an epoch.</param>
/// <param name="Reason">Why it failed, is unusable or was cancelled, or why it is not being trained.</param>
/// <param name="KeptEpoch">The epoch whose weights it ended with.</param>
/// <param name="Findings">What is wrong with its training, with evidence and remedy.</param>
internal sealed record TrialDocument(
    string Trial, string Status, bool Reused, JsonObject Hyperparameters, int Shard, int Seed, int Epochs,
    double? Seconds, long? Positives, long? Negatives, MetricsDocument? Validation, string? Reason, int? KeptEpoch, string[] Findings)
{
    public static TrialDocument Of(TrialReport report) => new(
        report.Trial,
        Word.Of(report.Status),
        report.Reused,
        HyperparametersDocument.Of(report.Spec.Hyperparameters),
        report.Spec.Shard,
        report.Spec.Seed,
        report.Result?.Epochs.Length ?? 0,
        MetricsDocument.Finite(report.Result?.Seconds),
        report.Result?.Positives,
        report.Result?.Negatives,
        MetricsDocument.Of(report.Result?.Validation),
        report.Why ?? report.Result?.Reason,
        report.Result?.KeptEpoch,
        [.. report.Result?.Findings.Select(finding => finding.ToString()) ?? []]);
}
