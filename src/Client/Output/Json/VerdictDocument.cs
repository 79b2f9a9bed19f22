using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>The answer for one pair.</summary>
/// <param name="Verdict">`same` or `different`.</param>
/// <param name="Degraded">Whether members are absent.</param>
/// <param name="Absent">Members that could not be loaded, and why.</param>
/// <param name="Probability">That the pair is *same*, for a prior of one half.</param>
internal sealed record VerdictDocument(
    string Verdict, double? Distance, double Threshold, double? Probability, string Ensemble, int Version,
    IReadOnlyList<VerdictDocument.Opinion> Members, double Milliseconds, bool Degraded, IReadOnlyList<AbsentMember> Absent)
{
    public static VerdictDocument Of(Verdict verdict) => new(
        Word.Of(verdict.Relation),
        MetricsDocument.Finite(verdict.Distance),
        verdict.Threshold,
        MetricsDocument.Finite(verdict.Probability),
        verdict.Ensemble,
        verdict.Version,
        [.. verdict.Members.Select(Opinion.Of)],
        verdict.Milliseconds,
        verdict.IsDegraded,
        verdict.Absent);

    /// <summary>What one member says.</summary>
    internal sealed record Opinion(string Trial, double? Distance, double Threshold, double Weight, string Vote)
    {
        public static Opinion Of(MemberVote vote) =>
            new(vote.Trial, MetricsDocument.Finite(vote.Distance), vote.Threshold, vote.Weight, Word.Of(vote.Vote));
    }
}
