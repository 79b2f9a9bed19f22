using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;

namespace Siamese.Client.Output.Json;

/// <summary>The newest version of every ensemble, the newest first.</summary>
internal sealed record EnsemblesDocument(IReadOnlyList<EnsemblesDocument.Formed> Ensembles)
{
    public static EnsemblesDocument Of(IEnumerable<EnsembleSummary> summaries) => new([.. summaries.Select(Formed.Of)]);

    /// <summary>One ensemble.</summary>
    /// <param name="Hash">What decides its verdicts, as one hash: the same wherever the version was brought to.</param>
    /// <param name="Calibration">Of the version as it was formed.</param>
    /// <param name="Recalibration">How feedback corrects that; null where it does not.</param>
    internal sealed record Formed(
        string Ensemble, int Version, string Hash, DateTimeOffset FormedAt, double Threshold, IReadOnlyList<Part> Members,
        MetricsDocument? Validation, MetricsDocument? Test, CalibrationDocument? Calibration, Recalibration? Recalibration)
    {
        public static Formed Of(EnsembleSummary summary)
        {
            var ensemble = summary.Ensemble;
            return new(
                ensemble.Name,
                ensemble.Version,
                VersionHash.Of(ensemble),
                ensemble.FormedAt,
                ensemble.Threshold,
                [.. ensemble.Members.Select(m => new Part(m.Trial, m.WeightsBlob, m.Weight, m.Threshold, MetricsDocument.Finite(m.ValidationEer), m.UnseenShardsEer))],
                MetricsDocument.Of(ensemble.Validation),
                MetricsDocument.Of(summary.Test),
                CalibrationDocument.Of(ensemble),
                ensemble.Recalibration);
        }
    }

    /// <summary>A member's part in its ensemble.</summary>
    /// <param name="UnseenShardsEer">Where it was trained on one of several shards, its EER on the others.</param>
    /// <param name="Weights">Hash of its weights.</param>
    internal sealed record Part(string Trial, string Weights, double Weight, double Threshold, double? ValidationEer, double? UnseenShardsEer);

    /// <summary>How far its probabilities can be trusted, on validation images that they were not fitted to.</summary>
    /// <param name="Method">`isotonic` or `platt`.</param>
    /// <param name="Error">Expected calibration error, 0 to 1, with its 95 % interval.</param>
    internal sealed record CalibrationDocument(string Method, int Images, int Pairs, double Error, double ErrorLow, double ErrorHigh, double PlattLogLoss, double IsotonicLogLoss)
    {
        public static CalibrationDocument? Of(Ensemble ensemble) => ensemble.CalibrationCheck is { } check
            ? new(
                ensemble.Isotonic is null ? "platt" : "isotonic", check.Images, check.Pairs,
                check.Error, check.ErrorInterval.Low, check.ErrorInterval.High, check.PlattLogLoss, check.IsotonicLogLoss)
            : null;
    }
}
