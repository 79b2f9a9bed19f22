using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Grains.Ensembles;

/// <summary>Decides what feedback on an ensemble's verdicts means for its newest version.</summary>
/// <param name="versions">Every version of the ensemble, the newest last; at least one.</param>
/// <param name="lines">The feedback, the latest last.</param>
internal sealed class FeedbackLedger(IReadOnlyList<Ensemble> versions, IReadOnlyList<FeedbackLine> lines)
{
    /// <summary>Number of lines to keep, the latest ones.</summary>
    private const int Kept = 100_000;

    /// <summary>Number of lines of each kind that count as recent.</summary>
    private const int Recent = 100;

    /// <summary>Minimum sample size for a significance test.</summary>
    private const int FewestRecent = 10;

    /// <summary>Largest p-value that counts as drift, for each kind: both together err once in a hundred times.</summary>
    private const double Significance = 0.005;

    private const int Seed = 1;

    private readonly Ensemble _newest = versions[^1];
    private readonly HashSet<int> _alike = Alike(versions);
    private readonly FeedbackLine[] _comparable = Comparable(Alike(versions), lines);

    /// <summary>The version that the newest one corrects, or the newest itself; if it was recalibrated elsewhere, the version as imported.</summary>
    public Ensemble Original { get; } =
        versions.LastOrDefault(version => version.Recalibration is null && version.MeasuresLike(versions[^1])) ?? versions.First(version => version.MeasuresLike(versions[^1]));

    /// <summary>
    /// Adds feedback to the lines, and keeps the latest 100,000. For each pair and version the last feedback counts; repeating
    /// it does not make it later.
    /// </summary>
    /// <exception cref="BadInputException">An id is not valid, or belongs to another ensemble or to a version that does not exist.</exception>
    public List<FeedbackLine> With(ImmutableArray<Feedback> feedback, DateTimeOffset now)
    {
        var all = lines.ToDictionary(line => (line.Version, line.Pair));
        foreach (var (text, truth) in feedback)
        {
            var id = VerdictId.Parse(text);
            if (id.Ensemble != _newest.Name || !versions.Any(version => version.Version == id.Version))
                throw new BadInputException($"'{text}' is a verdict of {id.Ensemble}@{id.Version}, but ensemble '{_newest.Name}' has {_newest.Version} versions.");
            if (all.GetValueOrDefault((id.Version, id.Pair))?.Truth != truth)
                all[(id.Version, id.Pair)] = new FeedbackLine(id.Version, id.Pair, id.Distance, truth, now);
        }

        return [.. all.Values.OrderBy(line => line.At).TakeLast(Kept)];
    }

    /// <summary>Fits a correction to all feedback on the newest version's members.</summary>
    /// <exception cref="BadInputException">There is too little feedback.</exception>
    public Recalibration Correction()
    {
        var (same, different) = (Of(Relation.Same).Count(), Of(Relation.Different).Count());
        if (Math.Min(same, different) < RecalibrationFit.Fewest)
        {
            throw new BadInputException(
                $"Ensemble '{_newest.Name}' has feedback on {same} pairs that are the same and {different} that are different, judged by the members of its version {_newest.Version}; "
                + $"recalibrating takes {RecalibrationFit.Fewest} of each. Give more with `client feedback VERDICT-ID same|different`.");
        }

        return RecalibrationFit.Fit([.. _comparable.Select(line => EnsembleVerdict.Probability(Original, line.Distance))], [.. _comparable.Select(line => line.Truth)]);
    }

    /// <summary>
    /// The version that a correction leads to. If it does not predict feedback better, this is the original, whatever earlier
    /// feedback led to.
    /// </summary>
    /// <param name="found">The correction.</param>
    /// <param name="version">The number of the version, from 1.</param>
    /// <param name="now">When it is formed.</param>
    public Ensemble Heeding(Recalibration found, int version, DateTimeOffset now) => found.LossAfter < found.LossBefore
        ? RecalibratedEnsemble.Of(Original, found, version, now)
        : Original with { Version = version, FormedAt = now };

    /// <summary>Counts the feedback, and finds where the latest of it contradicts the newest version.</summary>
    /// <param name="validation">The newest version's distances of validation pairs; null if they are not known.</param>
    public FeedbackTally Tally((float[] Distances, ImagePair[] Pairs)? validation) => new(
        _newest.Version,
        Of(Relation.Same).Count(),
        Of(Relation.Different).Count(),
        _comparable.Count(line => line.Distance <= _newest.Threshold != (line.Truth is Relation.Same)),
        lines.Count(line => !_alike.Contains(line.Version)),
        [.. new[] { Relation.Same, Relation.Different }.Select(kind => DriftOf(kind, validation)).OfType<Drift>()]);

    /// <summary>
    /// Compares the latest pairs of a kind with those that the version was calibrated on: validation pairs or, if it was
    /// recalibrated, the feedback used for that. Only pairs of one kind are compared, so that the frequency of each kind does
    /// not matter.
    /// </summary>
    private Drift? DriftOf(Relation kind, (float[] Distances, ImagePair[] Pairs)? validation)
    {
        var heeded = _newest.Recalibration is not null;
        double[] recent = [.. Of(kind).Where(line => !heeded || line.At > _newest.FormedAt).TakeLast(Recent).Select(line => Probability(line.Distance))];
        double[] expected = heeded
            ? [.. Of(kind).Where(line => line.At <= _newest.FormedAt).Select(line => Probability(line.Distance))]
            : [.. (validation?.Distances ?? []).Where((_, i) => validation!.Value.Pairs[i].Relation == kind).Select(distance => Probability(distance))];
        if (recent.Length < FewestRecent || expected.Length < FewestRecent)
            return null;
        var chance = PermutationTest.Chance(recent, expected, Seed);
        return chance <= Significance ? new Drift(_newest.Version, kind, recent.Length, recent.Average(), expected.Average(), chance) : null;
    }

    /// <summary>The versions that measure the same distances as the newest.</summary>
    private static HashSet<int> Alike(IReadOnlyList<Ensemble> versions) =>
        [.. versions.Where(version => version.MeasuresLike(versions[^1])).Select(version => version.Version)];

    /// <summary>Feedback on versions that measure the same distances as the newest: for each pair, the first line with its latest truth.</summary>
    private static FeedbackLine[] Comparable(HashSet<int> alike, IReadOnlyList<FeedbackLine> lines) =>
    [
        .. lines.Where(line => alike.Contains(line.Version))
            .GroupBy(line => line.Pair)
            .Select(said => said.First(line => line.Truth == said.Last().Truth))
            .OrderBy(line => line.At),
    ];

    private double Probability(float distance) => EnsembleVerdict.Probability(_newest, distance);

    private IEnumerable<FeedbackLine> Of(Relation kind) => _comparable.Where(line => line.Truth == kind);
}
