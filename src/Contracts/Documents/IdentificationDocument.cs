using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>Which enrolled name an image shows.</summary>
/// <param name="Identified">The nearest name whose image is judged *same*; null if there is no match.</param>
/// <param name="Matches">The nearest names, nearest first, whether close enough or not.</param>
/// <param name="Threshold">Distances up to this are judged *same*.</param>
/// <param name="References">Number of enrolled images that were searched.</param>
/// <param name="Degraded">Whether any members are absent.</param>
public sealed record IdentificationDocument(
    string? Identified, IReadOnlyList<IdentificationDocument.Candidate> Matches, double Threshold, string Ensemble, int Version,
    int References, double Milliseconds, bool Degraded, IReadOnlyList<AbsentMember> Absent)
{
    public static IdentificationDocument Of(Identification identification) => new(
        identification.Matches.FirstOrDefault(match => match.Relation is Relation.Same)?.Name,
        [.. identification.Matches.Select(match => new Candidate(match.Name, Words.Of(match.Relation), match.Distance, match.Probability, match.Image))],
        identification.Threshold,
        identification.Ensemble,
        identification.Version,
        identification.References,
        identification.Milliseconds,
        identification.IsDegraded,
        identification.Absent);

    /// <summary>A name, represented by its nearest image.</summary>
    /// <param name="Verdict">`same` or `different`.</param>
    /// <param name="Probability">Probability that the pair is *same*, for a prior of one half.</param>
    /// <param name="Image">The SHA-256 of the nearest image's file, with its pen strokes after it if it has any.</param>
    public sealed record Candidate(string Name, string Verdict, double Distance, double Probability, string Image);
}
