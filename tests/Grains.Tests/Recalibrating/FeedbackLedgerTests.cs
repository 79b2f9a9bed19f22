using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Grains.Recalibrating;
using Siamese.Grains.Tests.Clusters;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Recalibrating;

public sealed class FeedbackLedgerTests
{
    private static readonly VerdictMarks _marks = new(new SomeSigner());
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;
    private static readonly Ensemble _first = Version(1, "one");
    private static readonly Ensemble _second = Version(2, "one", "two");

    [Fact]
    public void The_last_feedback_on_a_pair_counts_and_repeating_it_changes_nothing()
    {
        var id = _marks.Write(new VerdictId("digits", 1, 0.7f, 5));
        var lines = new FeedbackLedger([_first], []).With([new(id, Relation.Same)], "anna", _marks, _start);
        var again = new FeedbackLedger([_first], lines).With([new(id, Relation.Same)], "anna", _marks, _start.AddDays(1));
        var other = new FeedbackLedger([_first], again).With([new(id, Relation.Different)], "anna", _marks, _start.AddDays(2));

        Assert.Equal([new FeedbackLine(1, 5, 0.7f, Relation.Same, _start, "anna")], lines);
        Assert.Equal(lines, again);
        Assert.Equal([new FeedbackLine(1, 5, 0.7f, Relation.Different, _start.AddDays(2), "anna")], other);
    }

    [Theory]
    [InlineData("letters", 1)]
    [InlineData("digits", 9)]
    public void Feedback_on_another_ensemble_or_version_is_refused(string ensemble, int version)
    {
        var id = _marks.Write(new VerdictId(ensemble, version, 0.7f, 5));

        Assert.Throws<BadInputException>(() => new FeedbackLedger([_first], []).With([new(id, Relation.Same)], "anna", _marks, _start));
    }

    [Fact]
    public void One_callers_feedback_counts_no_more_than_everybody_elses()
    {
        // Anna and Ben agree with the version. Rob calls pairs that it judges the same different, again and again.
        FeedbackLine[] honest =
        [
            .. Lines(1, 12, Relation.Same, 0.8f), .. Lines(1, 12, Relation.Different, 1.5f),
            .. By("ben", 12, Relation.Same, 0.8f), .. By("ben", 12, Relation.Different, 1.5f),
        ];
        var (many, asManyAsOthers) = (Ledger(480), Ledger(24));

        var limited = many.Effect(many.Correction([]), [], validation: null);
        var trusted = many.Effect(many.Correction(["rob"]), ["rob"], validation: null);
        var balanced = asManyAsOthers.Correction([]);

        Assert.Equal([("rob", 480, 1, 0.05), ("anna", 24, 1, 1), ("ben", 24, 1, 1)], limited.Callers.Select(share => (share.Caller, share.Entries, share.Same, share.Different)));
        Assert.All(trusted.Callers, share => Assert.Equal((1, 1), (share.Same, share.Different)));
        Assert.Equal(balanced.Slope, limited.Found.Slope, 1e-6);
        Assert.Equal(balanced.Shift, limited.Found.Shift, 1e-6);
        Assert.True(trusted.ThresholdAfter < limited.ThresholdAfter && limited.WrongAfter < 480 + 24, $"{trusted} {limited}");

        FeedbackLedger Ledger(int count) => new([_first], [.. honest, .. By("rob", count, Relation.Different, 0.8f)]);
    }

    [Fact]
    public void An_only_caller_counts_in_full_and_so_does_what_an_earlier_build_stored()
    {
        FeedbackLine[] lines = [.. By("rob", 80, Relation.Different, 0.4f), .. By("rob", 20, Relation.Same, 0.5f)];
        var alone = new FeedbackLedger([_first], lines);
        var stored = new FeedbackLedger([_first], [.. lines.Select(line => line with { By = null }), .. Lines(1, 1, Relation.Different, 1.5f)]);

        Assert.All(alone.Effect(alone.Correction([]), [], null).Callers, share => Assert.False(share.IsLimited));
        Assert.All(stored.Effect(stored.Correction([]), [], null).Callers, share => Assert.False(share.IsLimited));
    }

    [Fact]
    public void A_caller_who_is_alone_in_one_kind_does_not_decide_it()
    {
        var ledger = new FeedbackLedger([_first], [.. Lines(1, 40, Relation.Same, 0.4f), .. By("rob", 500, Relation.Different, 0.4f)]);

        var refusal = Assert.Throws<BadInputException>(() => ledger.Correction([])).Message;
        Assert.Contains("The feedback of 'anna' and 'rob' counts only as much as that of all others, unless you trust it.", refusal.Replace("'rob' and 'anna'", "'anna' and 'rob'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((40, 500), (ledger.Correction(["anna", "rob"]).Same, ledger.Correction(["anna", "rob"]).Different));
    }

    [Fact]
    public void A_pair_on_which_several_agree_is_one_pair_and_replaces_what_was_stored_without_a_name()
    {
        FeedbackLine[] lines = [.. Lines(1, 5, Relation.Same, 0.5f), .. Lines(1, 5, Relation.Same, 0.5f).Select(line => line with { By = "ben" }), .. Lines(1, 5, Relation.Same, 0.5f).Select(line => line with { By = null, Truth = Relation.Different })];

        var tally = new FeedbackLedger([_first], lines).Tally(null);

        Assert.Equal((5, 0, 0), (tally.Same, tally.Different, tally.Wrong));
    }

    [Fact]
    public void A_caller_cannot_replace_what_another_said()
    {
        var id = _marks.Write(new VerdictId("digits", 1, 0.7f, 5));
        var first = new FeedbackLedger([_first], []).With([new(id, Relation.Same)], "anna", _marks, _start);

        var both = new FeedbackLedger([_first], first).With([new(id, Relation.Different)], "rob", _marks, _start.AddDays(1));

        Assert.Equal([("anna", Relation.Same), ("rob", Relation.Different)], both.Select(line => (line.By, line.Truth)));
    }

    [Fact]
    public void A_caller_can_take_back_only_his_own_feedback()
    {
        var (id, other) = (_marks.Write(new VerdictId("digits", 1, 0.7f, 5)), _marks.Write(new VerdictId("digits", 1, 0.7f, 6)));
        var lines = new FeedbackLedger([_first], []).With([new(id, Relation.Same), new(other, Relation.Same)], "anna", _marks, _start);
        lines = new FeedbackLedger([_first], lines).With([new(id, Relation.Different)], "rob", _marks, _start.AddDays(1));

        var left = new FeedbackLedger([_first], lines).Without([id], "anna", _marks);
        var again = new FeedbackLedger([_first], left).Without([id], "anna", _marks);

        Assert.Equal([("anna", 6L), ("rob", 5L)], left.Select(line => (line.By!, line.Pair)));
        Assert.Equal(left, again);
        Assert.Throws<BadInputException>(() => new FeedbackLedger([_first], lines).Without([_marks.Write(new VerdictId("digits", 9, 0.7f, 5))], "anna", _marks));
    }

    [Fact]
    public void When_there_is_too_much_feedback_the_caller_with_most_loses_the_oldest()
    {
        var flood = By("rob", 100_000, Relation.Same, 0.4f).Select(line => line with { At = _start.AddDays(1) });
        var id = _marks.Write(new VerdictId("digits", 1, 0.7f, 5));

        var kept = new FeedbackLedger([_first], [.. Lines(1, 30, Relation.Same, 0.4f), .. flood]).With([new(id, Relation.Same)], "rob", _marks, _start.AddDays(2));

        Assert.Equal(100_000, kept.Count);
        Assert.Equal(30, kept.Count(line => line.By == "anna"));
        Assert.Equal(_start.AddDays(2), kept[^1].At);
    }

    [Fact]
    public void An_id_that_the_cluster_did_not_give_is_refused()
    {
        var known = _marks.Write(new VerdictId("digits", 1, 0.7f, 5));
        var (_, mark) = VerdictId.Parse(known);
        var forged = new VerdictId("digits", 1, 0.8f, 5).ToText(mark);

        var refusal = Assert.Throws<BadInputException>(() => new FeedbackLedger([_first], []).With([new(known, Relation.Same), new(forged, Relation.Same)], "rob", _marks, _start));
        Assert.Contains($"'{forged}' is not the id of a verdict of this cluster", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_feedback_on_distances_of_the_newest_members_counts_for_them()
    {
        FeedbackLine[] lines = [.. Lines(1, 5, Relation.Same, 0.5f), .. Lines(2, 3, Relation.Same, 1.5f), .. Lines(2, 4, Relation.Different, 1.5f)];

        var tally = new FeedbackLedger([_first, _second], lines).Tally(null);

        Assert.Equal((2, 3, 4, 3, 5), (tally.Version, tally.Same, tally.Different, tally.Wrong, tally.Elsewhere));
    }

    [Fact]
    public void Feedback_on_one_pair_of_versions_with_equal_members_counts_once_with_its_last_truth_and_first_date()
    {
        var corrected = Version(2, "one") with { Recalibration = new(0.7, 1, 40, 40, 0.5, 0.3), FormedAt = _start.AddDays(1) };
        FeedbackLine[] lines =
        [
            new(1, 7, 0.5f, Relation.Same, _start, "anna"), new(2, 7, 0.5f, Relation.Same, _start.AddDays(2), "anna"),
            new(1, 8, 0.6f, Relation.Same, _start, "anna"), new(2, 8, 0.6f, Relation.Different, _start.AddDays(2), "anna"),
        ];

        var tally = new FeedbackLedger([_first, corrected], lines).Tally(null);

        Assert.Equal((1, 1, 1, 0), (tally.Same, tally.Different, tally.Wrong, tally.Elsewhere));
        // Repeated after a recalibration has used it, feedback is not new evidence.
        var early = Lines(1, 40, Relation.Same, 0.5f);
        FeedbackLine[] again = [.. early.Select(line => line with { Version = 2, At = _start.AddDays(2) }), .. Lines(2, 9, Relation.Same, 1.9f).Select(line => line with { At = _start.AddDays(2) })];
        Assert.Empty(new FeedbackLedger([_first, corrected], [.. early, .. again]).Tally(Validation()).Drifts);
    }

    [Fact]
    public void A_correction_that_changes_nothing_restores_the_original_calibration()
    {
        var corrected = Version(2, "one") with { Recalibration = new(0.7, 1, 40, 40, 0.5, 0.3), Threshold = 0.8 };
        var ledger = new FeedbackLedger([_first, corrected], []);

        var undone = ledger.Heeding(new(1, 0, 20, 20, 0.2, 0.21), 3, _start.AddDays(3));
        var heeding = ledger.Heeding(new(0.9, 0, 20, 20, 0.2, 0.19), 3, _start.AddDays(3));

        Assert.Equal(_first with { Version = 3, FormedAt = _start.AddDays(3) }, undone);
        Assert.Equal((3, 0.9), (heeding.Version, heeding.Recalibration!.Slope));
    }

    [Fact]
    public void Too_little_feedback_is_refused_with_the_required_number()
    {
        var refusal = Assert.Throws<BadInputException>(() => new FeedbackLedger([_first], Lines(1, 12, Relation.Same, 0.5f)).Correction([]));

        Assert.Contains("12 pairs that are the same and 0 that are different", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("takes 10 of each", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_farther_apart_than_validation_pairs_of_their_kind_count_as_drift()
    {
        var validation = Validation();
        var asEver = new FeedbackLedger([_first], [.. Lines(1, 40, Relation.Same, 0.45f), .. Lines(1, 40, Relation.Different, 1.55f)]).Tally(validation);
        var farther = new FeedbackLedger([_first], [.. Lines(1, 40, Relation.Same, 0.9f), .. Lines(1, 40, Relation.Different, 1.55f)]).Tally(validation);

        Assert.Empty(asEver.Drifts);
        var drift = Assert.Single(farther.Drifts);
        Assert.Equal((1, Relation.Same, 40), (drift.Version, drift.Kind, drift.Pairs));
        Assert.True(drift.Probability < drift.Expected && drift.Chance <= 0.005, $"{drift}");
    }

    [Fact]
    public void Too_few_pairs_never_count_as_drift() =>
        Assert.Empty(new FeedbackLedger([_first], Lines(1, 9, Relation.Same, 1.9f)).Tally(Validation()).Drifts);

    [Fact]
    public void After_a_recalibration_drift_is_measured_against_the_feedback_it_used()
    {
        var corrected = Version(2, "one") with { Recalibration = new(0.7, 1, 40, 40, 0.5, 0.3), FormedAt = _start.AddDays(1) };
        var early = Enumerable.Range(0, 40).Select(i => new FeedbackLine(1, i, 0.8f + (i % 5 * 0.05f), Relation.Same, _start, "anna"));
        var asEarly = Enumerable.Range(0, 40).Select(i => new FeedbackLine(2, 100 + i, 0.8f + (i % 5 * 0.05f), Relation.Same, _start.AddDays(2), "anna"));
        var later = Enumerable.Range(0, 40).Select(i => new FeedbackLine(2, 200 + i, 1.5f, Relation.Same, _start.AddDays(2), "anna"));

        Assert.Empty(new FeedbackLedger([_first, corrected], [.. early]).Tally(Validation()).Drifts);
        Assert.Empty(new FeedbackLedger([_first, corrected], [.. early, .. asEarly]).Tally(Validation()).Drifts);
        Assert.Single(new FeedbackLedger([_first, corrected], [.. early, .. later]).Tally(Validation()).Drifts);
        Assert.Same(_first, new FeedbackLedger([_first, corrected], []).Original);
    }

    private static IEnumerable<FeedbackLine> By(string caller, int count, Relation truth, float distance) =>
        Lines(1, count, truth, distance).Select((line, i) => line with { By = caller, Pair = (1_000_000 * caller[0]) + (200_000 * (int)truth) + i });

    private static FeedbackLine[] Lines(int version, int count, Relation truth, float distance) =>
        [.. Enumerable.Range(0, count).Select(i => new FeedbackLine(version, (1000 * version) + (100 * (int)truth) + i, distance + (i % 3 * 0.05f), truth, _start, "anna"))];

    /// <summary>Same pairs around 0.5, different ones around 1.6.</summary>
    private static (float[], ImagePair[]) Validation()
    {
        var spread = Enumerable.Range(0, 200).Select(i => i % 21 * 0.01f - 0.1f).ToArray();
        return (
            [.. spread.Select(s => 0.5f + s), .. spread.Select(s => 1.6f + s)],
            [.. Enumerable.Range(0, 200).Select(i => new ImagePair(2 * i, (2 * i) + 1, Relation.Same)), .. Enumerable.Range(0, 200).Select(i => new ImagePair(2 * i, (2 * i) + 3, Relation.Different))]);
    }

    private static Ensemble Version(int version, params string[] members) => new()
    {
        Name = "digits",
        Version = version,
        FormedAt = _start,
        Members = [.. members.Select(member => new Member { Trial = member, Spec = null!, WeightsBlob = member, Threshold = 1, Weight = 1.0 / members.Length, ValidationEer = 0.1 })],
        Threshold = 1,
        PlattA = 6,
        PlattB = -6,
        Data = DataSource.MnistMini,
        Validation = new(10, 0.1, 1, 0.9, 0.9, 0.5, 0.1),
    };
}
