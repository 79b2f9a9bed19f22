using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands.Ensembles;

public sealed class FeedbackCommandTests : IDisposable
{
    private static readonly string _id = new VerdictId("mine", 3, 0.75f, 7).ToText(new byte[VerdictId.MarkBytes]);
    private static readonly Drift _drift = new(3, Relation.Same, 24, 0.71, 0.97, 0.0004);

    private readonly ClientRun _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Feedback_on_a_verdict_is_stored_and_the_total_is_printed()
    {
        _client.Cluster.Tally = _client.Cluster.Tally with { Drifts = [_drift] };

        Assert.Equal(0, await _client.Run("feedback", _id, "same"));
        Assert.Equal([new Feedback(_id, Relation.Same)], _client.Cluster.Given.AsEnumerable());
        Assert.Equal(
            """
            Stored. Ensemble mine, version 3, has feedback on 12 pairs that are the same and 14 that are different; it misjudged 2 of them.
            Drift: ensemble mine, version 3, predicts same with 71.0 % on average for the last 24 pairs that feedback calls same; 97.0 % is expected (a gap this large arises by chance in 0.04 % of cases). Run `client recalibrate mine` to correct it.

            """,
            _client.Out);
    }

    [Fact]
    public async Task A_csv_gives_feedback_on_many_verdicts_and_rows_without_a_truth_are_skipped()
    {
        var file = _client.Write("verdicts.csv", $"first,id,truth\na.png,{_id},same\nb.png,{_id},\nc.png,{_id},different\n");

        Assert.Equal(0, await _client.Run("feedback", "--from", file));
        Assert.Equal([new Feedback(_id, Relation.Same), new Feedback(_id, Relation.Different)], _client.Cluster.Given.AsEnumerable());
    }

    [Theory]
    [InlineData("first,truth\na,same\n", "has no columns id and truth in its first row")]
    [InlineData("id,truth\nmine@3.0123,same\n", "row 2: 'mine@3.0123' is not a verdict's id")]
    [InlineData("id,truth\nID,alike\n", "row 2: 'alike' is not one of same, different.")]
    [InlineData("", "contains no feedback")]
    [InlineData("id,truth\nID,\n", "contains no feedback")]
    public async Task An_invalid_csv_is_refused_as_a_whole(string text, string problem)
    {
        var file = _client.Write("verdicts.csv", text.Replace("ID", _id, StringComparison.Ordinal));

        Assert.Equal(2, await _client.Run("feedback", "--from", file));
        Assert.Contains(problem, _client.Error, StringComparison.Ordinal);
        Assert.Empty(_client.Cluster.Given);
    }

    [Fact]
    public async Task A_recalibrated_version_is_reported_with_its_gain()
    {
        Assert.Equal(0, await _client.Run("recalibrate", "mine", "--yes"));
        Assert.Equal(
            """
            Ensemble mine, version 4: recalibrated with feedback on 12 same and 14 different pairs; log-loss on held-out feedback 0.410 before, 0.330 after; log odds times 0.80 plus 0.40.
            Distances up to 1.020 are judged same.

            """,
            _client.Out);
    }

    [Fact]
    public async Task The_effect_of_recalibrating_is_shown_before_it_takes_hold()
    {
        _client.Cluster.Effect = _client.Cluster.Effect with { Callers = [new("rob", 20, 0.3, 1), new("anna", 6, 1, 1)] };
        const string Effect = """
            Ensemble mine, version 3, would be corrected with feedback on 12 same and 14 different pairs: log-loss on held-out feedback 0.410 before, 0.330 after; log odds times 0.80 plus 0.40.
            Distances up to 1.020 instead of 1.000 would be judged same. Of 26 judged pairs, 2 instead of 5 would be misjudged. Of the validation pairs, 1.20 % would get another verdict.
            Feedback from 'rob': 20 pairs, which count 0.3 (same) and 1 (different) each, so that they do not outweigh everybody else's; --trust counts them in full.
            Feedback from 'anna': 6 pairs.

            """;

        Assert.Equal(0, await _client.Run("recalibrate", "mine", "--preview"));
        Assert.Equal(Effect, _client.Out);
        Assert.Equal(2, await _client.Run("recalibrate", "mine"));
        Assert.Contains("add --yes if you are sure", _client.Error, StringComparison.Ordinal);
        Assert.Equal(0, _client.Cluster.Recalibrations);

        using var asked = new ClientRun { Keys = new("n") };
        asked.Cluster.Effect = _client.Cluster.Effect;
        Assert.Equal(130, await asked.Run("recalibrate", "mine"));
        Assert.Equal($"{Effect}Make this version 4 of ensemble mine (y/n)? \nNothing was changed.\n", asked.Error);
        Assert.Equal(0, asked.Cluster.Recalibrations);

        // Who agrees gets what was shown, and no other correction.
        using var agreed = new ClientRun { Keys = new("y") };
        Assert.Equal(0, await agreed.Run("recalibrate", "mine"));
        Assert.Equal(agreed.Cluster.Effect.Found, agreed.Cluster.Expected);
    }

    [Fact]
    public async Task Feedback_that_needs_no_correction_makes_no_version()
    {
        _client.Cluster.Recalibrated = new(new(1, 0.01, 12, 14, 0.2, 0.21), null);

        Assert.Equal(0, await _client.Run("recalibrate", "mine", "--yes"));
        Assert.StartsWith("No new version: the feedback on 12 same and 14 different pairs does not call for recalibration", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_reverts_an_earlier_correction_says_so()
    {
        _client.Cluster.Recalibrated = _client.Cluster.Recalibrated with { Found = new(1, 0.01, 12, 14, 0.2, 0.21) };

        Assert.Equal(0, await _client.Run("recalibrate", "mine", "--yes"));
        Assert.StartsWith("Ensemble mine, version 4: undoes the correction from earlier feedback; the feedback on 12 same and 14 different pairs calls for none", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_has_a_line_for_each_drift()
    {
        _client.Cluster.Entries.Add(Some.Entry("mine", SweepPhase.Completed) with { Drifts = [_drift] });

        Assert.Equal(0, await _client.Run("status"));
        Assert.Contains("\nDrift: ensemble mine, version 3, predicts same with 71.0 %", _client.Out, StringComparison.Ordinal);
    }
}
