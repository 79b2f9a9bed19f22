using System.Text.Json.Nodes;
using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Documents;

/// <summary>Which hyperparameters mattered in a sweep.</summary>
/// <param name="Trials">Number of ended trials that have a validation EER.</param>
/// <param name="Points">Number of points that these trials belong to.</param>
/// <param name="RSquared">Share of the variance of log EER between points that the hyperparameters predict; null if there are too few points.</param>
/// <param name="Doubt">Why little can be concluded; null if much can.</param>
/// <param name="Hyperparameters">Most important first.</param>
public sealed record ImportanceDocument(
    string Sweep, int Trials, int Points, double? RSquared, string? Doubt, IReadOnlyList<string> Remarks, IReadOnlyList<ImportanceDocument.One> Hyperparameters)
{
    public static ImportanceDocument Of(string sweep, ImportanceReport report) => new(
        sweep, report.Trials, report.Points, MetricsDocument.Finite(report.RSquared), report.Doubt, report.Remarks, [.. report.Hyperparameters.Select(One.Of)]);

    /// <summary>One hyperparameter, under its name in JSON.</summary>
    /// <param name="Share">The share of the variance that it accounts for, with a 95 % interval.</param>
    public sealed record One(string Hyperparameter, double? Share, double? Low, double? High, BestDocument Best)
    {
        public static One Of(Importance importance) => new(
            Hyperparameter: Tuning.Hyperparameter.Named(importance.Hyperparameter).JsonName,
            importance.Share?.Value,
            importance.Share?.Low,
            importance.Share?.High,
            new(HyperparametersDocument.Value(importance.Best.Low), HyperparametersDocument.Value(importance.Best.High), MetricsDocument.Finite(importance.Best.Eer), importance.Best.Trials));
    }

    /// <summary>The value with the lowest mean EER, or the ends of the third of the values that has it.</summary>
    public sealed record BestDocument(JsonValue? Low, JsonValue? High, double? Eer, int Trials);
}
