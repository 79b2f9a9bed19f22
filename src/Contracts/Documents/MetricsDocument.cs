using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Documents;

/// <summary>Metrics on pairs, all from 0 to 1.</summary>
public sealed record MetricsDocument(double? Eer, double? Auc, double? Accuracy, double? TarAtFar01, double? TarAtFar001)
{
    public static MetricsDocument? Of(PairMetrics? metrics) =>
        metrics is null
            ? null
            : new(Finite(metrics.Eer), Finite(metrics.Auc), Finite(metrics.Accuracy), Finite(metrics.TarAtFar01), Finite(metrics.TarAtFar001));

    /// <summary>JSON has neither NaN nor infinity.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
