using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation;

namespace Siamese.Grains.Ensembles;

/// <summary>Decides what feedback on an ensemble's verdicts says of its newest version.</summary>
/// <param name="versions">Every version of the ensemble, the newest last; at least one.</param>
/// <param name="lines">The feedback, the latest last.</param>
internal sealed class FeedbackLedger(IReadOnlyList<Ensemble> versions, IReadOnlyList<FeedbackLine> lines)
{
    /// <summary>So many lines are kept, the latest.</summary>
    private const int Kept = 100_000;

    /// <summary>Of each kind so many lines are recent.</summary>
    private const int Recent = 100;

    /// <summary>Fewer say nothing of chance.</summary>
    private const int FewestRecent = 10;

    /// <summary>A difference that comes of chance as seldom as this is none; for either kind, so that both together err once in a hundred times.</summary>
    private const double Significance = 0.005;

    private const int Seed = 1;

    private readonly Ensemble _newest = versions[^1];
    private readonly HashSet<int> _alike = Alike(versions);
    private readonly FeedbackLine[] _comparable = Comparable(Alike(versions), lines);

    /// <summary>The version that the newest one corrects, or itself; of one that was corrected elsewhere, as it came.</summary>
    public Ensemble Original { get; } =
        versions.LastOrDefault(version => version.Recalibration is null && version.MeasuresLike(versions[^1])) ?? versions.First(version => version.MeasuresLike(versions[^1]));

    /// <summary>
    /// The lines with more of them, the latest 100,000: of one pair and version the last that is said counts, and said again
    /// it is not said later.
    /// </summary>
    /// <exception cref="BadInputException">One is no id, or of another ensemble or of a version that there is not.</exception>
    public List<FeedbackLine> With(ImmutableArray<Feedback> feedback, DateTimeOffset now)
    {
        var all = lines.ToDictionary(line => (line.Version, line.Pair));
        foreach (var (text, truth) in feedback)
        {
            var id = VerdictId.Parse(text);
            if (id.Ensemble != _newest.Name || !versions.Any(version => version.Version == id.Version))
                throw new BadInputException($"'{text}' is a verdict of {id.Ensemble}@{id.Version}, and ensemble '{_newest.Name}' has {_newest.Version} versions.");
            if (all.GetValueOrDefault((id.Version, id.Pair))?.Truth != truth)
                all[(id.Version, id.Pair)] = new FeedbackLine(id.Version, id.Pair, id.Distance, truth, now);
        }

        return [.. all.Values.OrderBy(line => line.At).TakeLast(Kept)];
    }

    /// <summary>The correction that all feedback on the newest version's members asks for.</summary>
    /// <exception cref="BadInputException">There is too little.</exception>
    public Recalibration Correction()
    {
        var (same, different) = (Of(Relation.Same).Count(), Of(Relation.Different).Count());
        if (Math.Min(same, different) < RecalibrationFit.Fewest)
        {
            throw new BadInputException(
                $"Ensemble '{_newest.Name}' has feedback on {same} pairs that are the same and {different} that are different, judged by the members of its version {_newest.Version}; "
                + $"recalibrating takes {RecalibrationFit.Fewest} of each. `client feedback VERDICT-ID same|different` gives it.");
        }

        return RecalibrationFit.Fit([.. _comparable.Select(line => EnsembleVerdict.Probability(Original, line.Distance))], [.. _comparable.Select(line => line.Truth)]);
    }

    /// <summary>The version that such a correction asks for: where none foretells feedback better, the original, whatever earlier feedback led to.</summary>
    /// <param name="found">The correction.</param>
    /// <param name="version">Of the version, from 1.</param>
    /// <param name="now">When it is formed.</param>
    public Ensemble Heeding(Recalibration found, int version, DateTimeOffset now) => found.LossAfter < found.LossBefore
        ? RecalibratedEnsemble.Of(Original, found, version, now)
        : Original with { Version = version, FormedAt = now };

    /// <summary>What there is, and where the latest of it contradicts the newest version.</summary>
    /// <param name="validation">The newest version's distances of validation pairs; null where they are not known.</param>
    public FeedbackTally Tally((float[] Distances, ImagePair[] Pairs)? validation) => new(
        _newest.Version,
        Of(Relation.Same).Count(),
        Of(Relation.Different).Count(),
        _comparable.Count(line => line.Distance <= _newest.Threshold != (line.Truth is Relation.Same)),
        lines.Count(line => !_alike.Contains(line.Version)),
        [.. new[] { Relation.Same, Relation.Different }.Select(kind => DriftOf(kind, validation)).OfType<Drift>()]);

    /// <summary>
    /// The latest pairs of a kind against those that the version was calibrated to: validation pairs, or where it was
    /// recalibrated the feedback that it heeds. Only pairs of one kind are compared, so that it does not matter how often
    /// each kind comes up.
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

    /// <summary>The versions whose distances are those of the newest.</summary>
    private static HashSet<int> Alike(IReadOnlyList<Ensemble> versions) =>
        [.. versions.Where(version => version.MeasuresLike(versions[^1])).Select(version => version.Version)];

    /// <summary>Feedback on pairs whose distances are those of the newest version: of each pair what was said last, since it was said first.</summary>
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
