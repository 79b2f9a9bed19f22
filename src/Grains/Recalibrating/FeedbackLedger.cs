using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Grains.Recalibrating;

/// <summary>Decides what feedback on an ensemble's verdicts means for its newest version.</summary>
internal sealed class FeedbackLedger
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

    private readonly IReadOnlyList<Ensemble> _versions;
    private readonly IReadOnlyList<FeedbackLine> _lines;
    private readonly Ensemble _newest;

    /// <summary>The versions that measure the same distances as the newest.</summary>
    private readonly HashSet<int> _alike;

    /// <summary>Feedback on those: for each pair and caller, the first line with its latest truth.</summary>
    private readonly FeedbackLine[] _comparable;

    /// <param name="versions">Every version of the ensemble, the newest last; at least one.</param>
    /// <param name="lines">The feedback, the latest last.</param>
    public FeedbackLedger(IReadOnlyList<Ensemble> versions, IReadOnlyList<FeedbackLine> lines)
    {
        (_versions, _lines, _newest) = (versions, lines, versions[^1]);
        Ensemble[] alike = [.. versions.Where(version => version.MeasuresLike(_newest))];
        Original = alike.LastOrDefault(version => version.Recalibration is null) ?? alike[0];
        _alike = [.. alike.Select(version => version.Version)];
        _comparable =
        [
            .. lines.Where(line => _alike.Contains(line.Version))
                .GroupBy(line => line.Pair)
                .SelectMany(LatestOfEach)
                .OrderBy(line => line.At),
        ];
    }

    /// <summary>The latest line of each caller on one pair. What an earlier build stored is replaced by what anybody says since.</summary>
    private static IEnumerable<FeedbackLine> LatestOfEach(IEnumerable<FeedbackLine> onePair)
    {
        var callers = onePair.GroupBy(line => line.By).ToArray();
        return callers.Where(said => said.Key is not null || callers.Length == 1).Select(said => said.First(line => line.Truth == said.Last().Truth));
    }

    /// <summary>The version that the newest one corrects, or the newest itself; if it was recalibrated elsewhere, the version as imported.</summary>
    public Ensemble Original { get; }

    /// <summary>
    /// Adds a caller's feedback to the lines, and keeps 100,000 of them: the latest ones of every caller. For each pair and
    /// version a caller's last feedback counts; repeating it does not make it later.
    /// </summary>
    /// <param name="feedback">The feedback.</param>
    /// <param name="by">The caller's name.</param>
    /// <param name="marks">Checks the ids.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="BadInputException">An id is not valid, or belongs to another ensemble or to a version that does not exist.</exception>
    public List<FeedbackLine> With(ImmutableArray<Feedback> feedback, string? by, VerdictMarks marks, DateTimeOffset now)
    {
        var all = _lines.ToDictionary(line => (line.Version, line.Pair, line.By));
        foreach (var (text, truth) in feedback)
        {
            var id = Read(text, marks);
            if (all.GetValueOrDefault((id.Version, id.Pair, by))?.Truth != truth)
                all[(id.Version, id.Pair, by)] = new FeedbackLine(id.Version, id.Pair, id.Distance, truth, now, by);
        }

        return Latest([.. all.Values.OrderBy(line => line.At)]);
    }

    /// <summary>The lines without a caller's own on some verdicts.</summary>
    /// <param name="verdicts">Ids of the verdicts.</param>
    /// <param name="by">The caller's name.</param>
    /// <param name="marks">Checks the ids.</param>
    /// <exception cref="BadInputException">As for <see cref="With"/>.</exception>
    public List<FeedbackLine> Without(ImmutableArray<string> verdicts, string? by, VerdictMarks marks)
    {
        var ids = verdicts.Select(text => Read(text, marks)).Select(id => (id.Version, id.Pair)).ToHashSet();
        return [.. _lines.Where(line => line.By != by || !ids.Contains((line.Version, line.Pair)))];
    }

    private VerdictId Read(string text, VerdictMarks marks)
    {
        var id = marks.Read(text);
        return id.Ensemble == _newest.Name && _versions.Any(version => version.Version == id.Version)
            ? id
            : throw new BadInputException($"'{text}' is a verdict of {id.Ensemble}@{id.Version}, but ensemble '{_newest.Name}' has {_newest.Version} versions.");
    }

    /// <summary>As many lines as are kept: nobody's are dropped as long as another caller has more.</summary>
    private static List<FeedbackLine> Latest(List<FeedbackLine> lines)
    {
        if (lines.Count <= Kept)
            return lines;
        var (left, callers) = (Kept, lines.GroupBy(line => line.By).OrderBy(caller => caller.Count()).ToArray());
        var kept = new List<FeedbackLine>(Kept);
        foreach (var (place, caller) in callers.Index())
        {
            kept.AddRange(caller.TakeLast(left / (callers.Length - place)));
            left = Kept - kept.Count;
        }

        return [.. kept.OrderBy(line => line.At)];
    }

    /// <summary>Fits a correction to all feedback on the newest version's members.</summary>
    /// <param name="trusted">Names of callers whose feedback counts in full.</param>
    /// <exception cref="BadInputException">There is too little feedback.</exception>
    public Recalibration Correction(ImmutableArray<string> trusted)
    {
        var weights = Weights(trusted);
        // Several callers may have said the same of one pair: together they count for no more than one pair.
        (FeedbackLine Line, double Weight)[] pairs =
        [
            .. _comparable.GroupBy(line => (line.Pair, line.Truth), (_, said) => (Line: said.First(), Weight: Math.Min(1, said.Sum(weights.Of)))).Where(pair => pair.Weight > 0),
        ];
        var (same, different) = (Sum(Relation.Same), Sum(Relation.Different));
        if (Math.Min(same, different) < RecalibrationFit.Fewest)
        {
            var limited = weights.Shares.Where(share => share.IsLimited).Select(share => $"'{share.Caller}'").ToArray();
            throw new BadInputException(
                $"Ensemble '{_newest.Name}' has feedback on {same} pairs that are the same and {different} that are different, judged by the members of its version {_newest.Version}; "
                + $"recalibrating takes {RecalibrationFit.Fewest} of each. Give more with `client feedback VERDICT-ID same|different`."
                + (limited.Length == 0 ? "" : $" The feedback of {string.Join(" and ", limited)} counts only as much as that of all others, unless you trust it."));
        }

        return RecalibrationFit.Fit(
            [.. pairs.Select(pair => EnsembleVerdict.Probability(Original, pair.Line.Distance))], [.. pairs.Select(pair => pair.Line.Truth)], [.. pairs.Select(pair => pair.Weight)]);

        double Sum(Relation kind) => Math.Round(pairs.Where(pair => pair.Line.Truth == kind).Sum(pair => pair.Weight), 3);
    }

    /// <summary>What recalibrating changes.</summary>
    /// <param name="found">The correction.</param>
    /// <param name="trusted">Names of callers whose feedback counts in full.</param>
    /// <param name="validation">The newest version's distances of validation pairs; null if they are not known.</param>
    public RecalibrationEffect Effect(Recalibration found, ImmutableArray<string> trusted, float[]? validation)
    {
        var next = Heeding(found, _newest.Version + 1, default);
        return new RecalibrationEffect(
            found,
            _newest.Version,
            _newest.Threshold,
            next.Threshold,
            IsUndone: next.Recalibration == Original.Recalibration,
            IsNone: next.Recalibration == _newest.Recalibration,
            _comparable.DistinctBy(line => (line.Pair, line.Truth)).Count(),
            Wrong(_newest.Threshold),
            Wrong(next.Threshold),
            validation is { Length: > 0 } ? validation.Count(distance => distance <= _newest.Threshold != distance <= next.Threshold) / (double)validation.Length : null,
            Weights(trusted).Shares);
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
        Wrong(_newest.Threshold),
        _lines.Count(line => !_alike.Contains(line.Version)),
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

    private FeedbackWeights Weights(ImmutableArray<string> trusted) => new(_comparable, trusted);

    private int Wrong(double threshold) =>
        _comparable.DistinctBy(line => (line.Pair, line.Truth)).Count(line => line.Distance <= threshold != (line.Truth is Relation.Same));

    private double Probability(float distance) => EnsembleVerdict.Probability(_newest, distance);

    /// <summary>The pairs of which somebody says that they are of this kind.</summary>
    private IEnumerable<FeedbackLine> Of(Relation kind) => _comparable.Where(line => line.Truth == kind).DistinctBy(line => line.Pair);
}
