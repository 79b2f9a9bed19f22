using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>The answer for one pair.</summary>
/// <param name="Verdict">`same`, `different` or `unsure`.</param>
/// <param name="Doubts">Why it is unsure; empty where it is not.</param>
/// <param name="Prior">How probable *same* was taken to be before the images were seen.</param>
/// <param name="Disagreement">Share of the weight whose members vote against the ensemble's distance, 0 to 1.</param>
/// <param name="OperatingPoint">Where the threshold was chosen by an error rate, both rates there; else null.</param>
/// <param name="Familiarity">With `--novelty`, for each image the share of validation images that are as far from training; else null.</param>
/// <param name="Degraded">Whether members are absent.</param>
/// <param name="Absent">Members that could not be loaded, and why.</param>
/// <param name="Id">Names the verdict for `feedback`; null where members are absent.</param>
/// <param name="Probability">That the pair is *same*, for that prior.</param>
internal sealed record VerdictDocument(
    string Verdict, IReadOnlyList<string> Doubts, double? Distance, double Threshold, double? Probability, double Prior, string Ensemble, int Version,
    IReadOnlyList<VerdictDocument.Opinion> Members, double Disagreement, VerdictDocument.Point? OperatingPoint, Familiarity? Familiarity, double Milliseconds, bool Degraded,
    IReadOnlyList<AbsentMember> Absent, string? Id)
{
    public static VerdictDocument Of(Verdict verdict) => new(
        Word.Of(verdict.Answer),
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
        verdict.Id);

    /// <summary>What one member says.</summary>
    internal sealed record Opinion(string Trial, double? Distance, double Threshold, double Weight, string Vote)
    {
        public static Opinion Of(MemberVote vote) =>
            new(vote.Trial, MetricsDocument.Finite(vote.Distance), vote.Threshold, vote.Weight, Word.Of(vote.Vote));
    }

    /// <summary>Error rates on validation pairs, 0 to 1, and where they will lie on as many new images, with 95 %.</summary>
    internal sealed record Point(double Far, double FarLow, double FarHigh, double Frr, double FrrLow, double FrrHigh)
    {
        public static Point Of(OperatingPoint point) => new(
            point.Far, point.FarInterval.Low, point.FarInterval.High, point.Frr, point.FrrInterval.Low, point.FrrInterval.High);
    }
}
