using System.Collections.Immutable;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Grains.Recalibrating;

/// <summary>
/// How much feedback counts: of each kind, no caller's counts for more than everybody else's together, so that nobody can turn
/// an ensemble's verdicts alone. Feedback counts in full if its caller is trusted, if nobody else has given any, or if an
/// earlier build stored it, which did not note the caller.
/// </summary>
internal sealed class FeedbackWeights
{
    private readonly Dictionary<(string? Caller, Relation Kind), double> _limited = [];
    private readonly IReadOnlyCollection<FeedbackLine> _lines;

    /// <param name="lines">All feedback on comparable verdicts.</param>
    /// <param name="trusted">Names of callers.</param>
    public FeedbackWeights(IReadOnlyCollection<FeedbackLine> lines, ImmutableArray<string> trusted)
    {
        _lines = lines;
        if (lines.DistinctBy(line => line.By).Count() < 2)
            return;
        foreach (var ofKind in lines.GroupBy(line => line.Truth))
        {
            // Only one caller can have more than half.
            var most = ByCaller(ofKind)[0];
            var others = ofKind.Count() - most.Entries;
            if (most.Caller is not null && others < most.Entries && !trusted.Contains(most.Caller))
                _limited[(most.Caller, ofKind.Key)] = (double)others / most.Entries;
        }
    }

    /// <summary>Who gave the feedback, those with the most first.</summary>
    public ImmutableArray<FeedbackShare> Shares =>
        [.. ByCaller(_lines).Select(of => new FeedbackShare(of.Caller, of.Entries, Of(of.Caller, Relation.Same), Of(of.Caller, Relation.Different)))];

    /// <summary>How much an entry counts, 0 to 1.</summary>
    public double Of(FeedbackLine line) => Of(line.By, line.Truth);

    private double Of(string? caller, Relation kind) => _limited.GetValueOrDefault((caller, kind), 1);

    private static (string? Caller, int Entries)[] ByCaller(IEnumerable<FeedbackLine> lines) =>
        [.. lines.GroupBy(line => line.By, (caller, its) => (Caller: caller, Entries: its.Count())).OrderByDescending(of => of.Entries).ThenBy(of => of.Caller, StringComparer.Ordinal)];
}
