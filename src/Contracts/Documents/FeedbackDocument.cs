using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>What `feedback` stored, and the totals now.</summary>
/// <param name="Given">Number of feedback lines given.</param>
public sealed record FeedbackDocument(int Given, IReadOnlyList<FeedbackDocument.OfEnsemble> Ensembles)
{
    public static FeedbackDocument Of(int given, IEnumerable<(string Ensemble, FeedbackTally Tally)> tallies) => new(
        given,
        [.. tallies.Select(of => OfEnsemble.Of(of.Ensemble, of.Tally))]);

    /// <summary>The feedback on one ensemble's verdicts.</summary>
    /// <param name="Version">Its newest version.</param>
    /// <param name="Same">Pairs that are the same, judged by the members of that version.</param>
    /// <param name="Different">Pairs that are different.</param>
    /// <param name="Wrong">Pairs of either kind that lie on the wrong side of its threshold.</param>
    /// <param name="Elsewhere">Pairs judged by other members.</param>
    public sealed record OfEnsemble(string Ensemble, int Version, int Same, int Different, int Wrong, int Elsewhere, IReadOnlyList<DriftDocument> Drifts)
    {
        public static OfEnsemble Of(string ensemble, FeedbackTally tally) =>
            new(ensemble, tally.Version, tally.Same, tally.Different, tally.Wrong, tally.Elsewhere, [.. tally.Drifts.Select(DriftDocument.Of)]);
    }
}

/// <summary>How recent feedback contradicts an ensemble's calibration.</summary>
/// <param name="Kind">What the pairs really are, `same` or `different`.</param>
/// <param name="Probability">The ensemble's average probability of *same* for them.</param>
/// <param name="Expected">The average that is expected for such pairs.</param>
/// <param name="Chance">How often a difference this large arises by chance, 0 to 1.</param>
public sealed record DriftDocument(int Version, string Kind, int Pairs, double Probability, double Expected, double Chance)
{
    public static DriftDocument Of(Drift drift) => new(drift.Version, Words.Of(drift.Kind), drift.Pairs, drift.Probability, drift.Expected, drift.Chance);
}
