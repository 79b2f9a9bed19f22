using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.References;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>The answer for one pair.</summary>
/// <param name="Verdict">`same`, `different` or `unsure`.</param>
/// <param name="Doubts">Why it is unsure; empty otherwise.</param>
/// <param name="Prior">The prior probability of *same*, before the images are seen.</param>
/// <param name="Disagreement">Share of the weight held by members that vote against the ensemble's distance, 0 to 1.</param>
/// <param name="OperatingPoint">Both error rates at the threshold, if it was chosen by an error rate; else null.</param>
/// <param name="Familiarity">With `--novelty`, for each image the share of validation images that are at least as far from training; else null.</param>
/// <param name="Degraded">Whether any members are absent.</param>
/// <param name="Absent">Members that could not be loaded, and why.</param>
/// <param name="Id">Names the verdict for `feedback`; null if members are absent.</param>
/// <param name="References">How several references were used; null for a pair.</param>
/// <param name="Probability">Probability that the pair is *same*, for that prior.</param>
public sealed record VerdictDocument(
    string Verdict, IReadOnlyList<string> Doubts, double? Distance, double Threshold, double? Probability, double Prior, string Ensemble, int Version,
    IReadOnlyList<VerdictDocument.Opinion> Members, double Disagreement, VerdictDocument.Point? OperatingPoint, Familiarity? Familiarity, double Milliseconds, bool Degraded,
    IReadOnlyList<AbsentMember> Absent, string? Id, VerdictDocument.ReferencesPart? References)
{
    public static VerdictDocument Of(Verdict verdict) => new(
        Words.Of(verdict.Answer),
        verdict.Doubts,
        MetricsDocument.Finite(verdict.Distance),
        verdict.Threshold,
        MetricsDocument.Finite(verdict.Probability),
        verdict.Prior,
        verdict.Ensemble,
        verdict.Version,
        [.. verdict.Members.Select(Opinion.Of)],
        verdict.Disagreement,
        verdict.OperatingPoint is { } point ? Point.Of(point) : null,
        verdict.Familiarity,
        verdict.Milliseconds,
        verdict.IsDegraded,
        verdict.Absent,
        verdict.Id,
        verdict.References is { } references ? ReferencesPart.Of(references) : null);

    /// <summary>One member's vote.</summary>
    public sealed record Opinion(string Trial, double? Distance, double Threshold, double Weight, string Vote)
    {
        public static Opinion Of(MemberVote vote) =>
            new(vote.Trial, MetricsDocument.Finite(vote.Distance), vote.Threshold, vote.Weight, Words.Of(vote.Vote));
    }

    /// <summary>How several references were used.</summary>
    /// <param name="CalibratedFor">Number of references that the threshold and the probability are for.</param>
    /// <param name="Rule">`nearest`, `mean` or `gaussian`.</param>
    /// <param name="Distances">The ensemble's distance to each of them.</param>
    public sealed record ReferencesPart(int Count, int CalibratedFor, string Rule, IReadOnlyList<double> Distances)
    {
        public static ReferencesPart Of(ReferenceUse use) => new(use.Count, use.CalibratedFor, Words.Of(use.Rule), use.Distances);
    }

    /// <summary>Error rates on validation pairs, 0 to 1, with 95 % intervals for as many new images.</summary>
    public sealed record Point(double Far, double FarLow, double FarHigh, double Frr, double FrrLow, double FrrHigh)
    {
        public static Point Of(OperatingPoint point) => new(
            point.Far, point.FarInterval.Low, point.FarInterval.High, point.Frr, point.FrrInterval.Low, point.FrrInterval.High);
    }
}
