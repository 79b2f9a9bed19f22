using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>The newest version of every ensemble, the newest first.</summary>
internal sealed record EnsemblesDocument(IReadOnlyList<EnsemblesDocument.Formed> Ensembles)
{
    public static EnsemblesDocument Of(IEnumerable<EnsembleSummary> summaries) => new([.. summaries.Select(Formed.Of)]);

    /// <summary>One ensemble.</summary>
    internal sealed record Formed(
        string Ensemble, int Version, DateTimeOffset FormedAt, double Threshold, IReadOnlyList<Part> Members,
        MetricsDocument? Validation, MetricsDocument? Test)
    {
        public static Formed Of(EnsembleSummary summary)
        {
            var ensemble = summary.Ensemble;
            return new(
                ensemble.Name,
                ensemble.Version,
                ensemble.FormedAt,
                ensemble.Threshold,
                [.. ensemble.Members.Select(m => new Part(m.Trial, m.Weight, m.Threshold, MetricsDocument.Finite(m.ValidationEer)))],
                MetricsDocument.Of(ensemble.Validation),
                MetricsDocument.Of(summary.Test));
        }
    }

    /// <summary>A member's part in its ensemble.</summary>
    internal sealed record Part(string Trial, double Weight, double Threshold, double? ValidationEer);
}
