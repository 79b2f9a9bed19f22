using System.Collections.Immutable;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Page.Sweeps;
using Siamese.Page.Wording;

namespace Siamese.Web.Tests.Pages;

public sealed class SweepWordsTests
{
    private static readonly SweepProgress _running = new()
    {
        Sweep = "a",
        Phase = SweepPhase.Running,
        Slots = 2,
        Plan = new SweepPlan { Trials = 10, CoreSeconds = 100, DataName = "", DataFingerprint = "", Classes = 2, TrainingImages = 1, ValidationImages = 1, TestImages = 1 },
    };

    /// <summary>Ten seconds for each trial, on two slots.</summary>
    [Fact]
    public void The_time_left_is_that_of_the_open_trials_on_the_slots() =>
        Assert.Equal((4 + 10 + 6 * 10) / 2.0, SweepWords.SecondsLeft(_running with { Running = [Trial(4), Trial(null)], Waiting = 6 }));

    [Fact]
    public void The_time_left_is_at_least_that_of_the_slowest_trial() =>
        Assert.Equal(30, SweepWords.SecondsLeft(_running with { Running = [Trial(30), Trial(2)] }));

    [Fact]
    public void There_is_no_time_left_to_tell_without_slots_or_after_the_training()
    {
        Assert.Null(SweepWords.SecondsLeft(_running with { Waiting = 5, Slots = 0 }));
        Assert.Null(SweepWords.SecondsLeft(_running with { Waiting = 5, Phase = SweepPhase.Forming }));
    }

    [Fact]
    public void A_standstill_has_its_reason()
    {
        Assert.Equal("3 trials waiting for a free slot.", SweepWords.Standstill(_running with { Waiting = 3, WaitingFor = "for a free slot" }));
        Assert.Equal("It waits for confirmation: run `client watch a`.", SweepWords.Standstill(_running with { Phase = SweepPhase.Prepared }));
        Assert.Equal("no data", SweepWords.Standstill(_running with { Phase = SweepPhase.Rejected, Problem = "no data" }));
        Assert.Null(SweepWords.Standstill(_running with { Running = [Trial(1)] }));
    }

    [Fact]
    public void Trials_that_did_not_go_well_are_apart_with_reason_and_remedy()
    {
        var finding = new Finding(FindingKind.Collapsed, "spread 0.003 of expected 1.4 since epoch 2", "try a margin above 0.5");
        var report = Report(TrialStatus.Unusable) with { Result = new TrialResult { Status = TrialStatus.Unusable, Reason = finding.ToString(), Findings = [finding] } };

        var apart = TrialsApart.Of(new TrialOverview
        {
            Page = new([], 0, null),
            Best = [Report(TrialStatus.Completed)],
            Apart = [report, Report(TrialStatus.Pruned) with { Why = "fell behind" }],
            Counts = new Dictionary<TrialStatus, int> { [TrialStatus.Completed] = 1, [TrialStatus.Unusable] = 11, [TrialStatus.Pruned] = 1 }.ToImmutableDictionary(),
            Differences = new([], Shards: false, Seeds: false),
            Known = 13,
            Trials = 13,
        });

        Assert.Equal([TrialStatus.Unusable, TrialStatus.Pruned], apart.Select(kind => kind.Status));
        Assert.Equal([finding.ToString()], TrialsApart.Reasons(Assert.Single(apart[0].Trials)));
        Assert.Equal([11, 1], apart.Select(kind => kind.Count));
        Assert.Equal(["fell behind"], TrialsApart.Reasons(Assert.Single(apart[1].Trials)));
    }

    [Fact]
    public void A_column_is_what_trials_differ_in()
    {
        var columns = TrialColumn.Of(new TrialDifferences(["margin"], Shards: false, Seeds: true));

        Assert.Equal(["margin", "seed"], columns.Select(column => column.Heading));
        Assert.Equal("margin 1, seed 1", TrialColumn.Label(columns, Spec() with { Hyperparameters = new() { Margin = 1 } }));
    }

    [Fact]
    public void The_address_keeps_what_is_not_usual()
    {
        Assert.Equal("", TrialFilter.Of(null, null, "eer").Query());
        Assert.Equal("?state=failed&where=margin%3A1..%20loss%3Atriplet&sort=-seconds&after=x%2F", TrialFilter.Of(["failed"], "margin:1.. loss:triplet", "eer").Query("-seconds", "x/"));
    }

    private static TrialSpec Spec() => new() { Hyperparameters = new Hyperparameters(), DataFingerprint = "", Shard = 0, Shards = 1, Seed = 1, CodeVersion = "" };

    private static TrialReport Report(TrialStatus status) => new() { Trial = "0123456789", Spec = Spec(), Status = status };

    private static RunningTrial Trial(double? secondsLeft) => new() { Trial = "0123456789", Spec = Spec(), Silo = "s", SecondsLeft = secondsLeft };
}
