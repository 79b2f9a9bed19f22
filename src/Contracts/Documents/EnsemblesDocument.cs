using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Contracts.Documents;

/// <summary>The newest version of every ensemble, the newest first.</summary>
public sealed record EnsemblesDocument(IReadOnlyList<EnsemblesDocument.Formed> Ensembles)
{
    public static EnsemblesDocument Of(IEnumerable<EnsembleSummary> summaries) => new([.. summaries.Select(Formed.Of)]);

    /// <summary>One ensemble.</summary>
    /// <param name="Hash">One hash of everything that decides its verdicts; it stays the same wherever the version is imported.</param>
    /// <param name="Calibration">The calibration that the version was formed with.</param>
    /// <param name="Recalibration">How feedback corrects the calibration; null if it does not.</param>
    public sealed record Formed(
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
    /// <param name="UnseenShardsEer">Its EER on the other shards, if it was trained on one of several.</param>
    /// <param name="Weights">Hash of its weights.</param>
    public sealed record Part(string Trial, string Weights, double Weight, double Threshold, double? ValidationEer, double? UnseenShardsEer);

    /// <summary>How far its probabilities can be trusted, measured on held-out validation images.</summary>
    /// <param name="Method">`isotonic` or `platt`.</param>
    /// <param name="Error">Expected calibration error, 0 to 1, with its 95 % interval.</param>
    public sealed record CalibrationDocument(string Method, int Images, int Pairs, double Error, double ErrorLow, double ErrorHigh, double PlattLogLoss, double IsotonicLogLoss)
    {
        public static CalibrationDocument? Of(Ensemble ensemble) => ensemble.CalibrationCheck is { } check
            ? new(
                ensemble.Isotonic is null ? "platt" : "isotonic", check.Images, check.Pairs,
                check.Error, check.ErrorInterval.Low, check.ErrorInterval.High, check.PlattLogLoss, check.IsotonicLogLoss)
            : null;
    }
}
