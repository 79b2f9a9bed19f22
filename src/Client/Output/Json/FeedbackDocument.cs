using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>What `feedback` stored, and the totals now.</summary>
/// <param name="Given">Number of feedback lines given.</param>
internal sealed record FeedbackDocument(int Given, IReadOnlyList<FeedbackDocument.OfEnsemble> Ensembles)
{
    public static FeedbackDocument Of(int given, IEnumerable<(string Ensemble, FeedbackTally Tally)> tallies) => new(
        given,
        [
            .. tallies.Select(of => new OfEnsemble(
                of.Ensemble, of.Tally.Version, of.Tally.Same, of.Tally.Different, of.Tally.Wrong, of.Tally.Elsewhere, [.. of.Tally.Drifts.Select(DriftDocument.Of)])),
        ]);

    /// <summary>The feedback on one ensemble's verdicts.</summary>
    /// <param name="Version">Its newest version.</param>
    /// <param name="Same">Pairs that are the same, judged by the members of that version.</param>
    /// <param name="Different">Pairs that are different.</param>
    /// <param name="Wrong">Pairs of either kind that lie on the wrong side of its threshold.</param>
    /// <param name="Elsewhere">Pairs judged by other members.</param>
    internal sealed record OfEnsemble(string Ensemble, int Version, int Same, int Different, int Wrong, int Elsewhere, IReadOnlyList<DriftDocument> Drifts);
}
