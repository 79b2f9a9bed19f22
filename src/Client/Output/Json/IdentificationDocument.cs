using Siamese.Client.CommandLine;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Output.Json;

/// <summary>Whom of those enrolled an image shows.</summary>
/// <param name="Identified">The nearest name, where a verdict calls its image the same; null where no one matches.</param>
/// <param name="Matches">The nearest names, the nearest first, whether near enough or not.</param>
/// <param name="Threshold">A distance up to this is *same*.</param>
/// <param name="References">Enrolled images that were searched.</param>
/// <param name="Degraded">Whether members are absent.</param>
internal sealed record IdentificationDocument(
    string? Identified, IReadOnlyList<IdentificationDocument.Candidate> Matches, double Threshold, string Ensemble, int Version,
    int References, double Milliseconds, bool Degraded, IReadOnlyList<AbsentMember> Absent)
{
    public static IdentificationDocument Of(Identification identification) => new(
        identification.Matches.FirstOrDefault(match => match.Relation is Relation.Same)?.Name,
        [.. identification.Matches.Select(match => new Candidate(match.Name, Word.Of(match.Relation), match.Distance, match.Probability, match.Image))],
        identification.Threshold,
        identification.Ensemble,
        identification.Version,
        identification.References,
        identification.Milliseconds,
        identification.IsDegraded,
        identification.Absent);

    /// <summary>A name by its nearest image.</summary>
    /// <param name="Verdict">`same` or `different`.</param>
    /// <param name="Probability">That the pair is *same*, for a prior of one half.</param>
    /// <param name="Image">The SHA-256 of the nearest image's file.</param>
    internal sealed record Candidate(string Name, string Verdict, double Distance, double Probability, string Image);
}
