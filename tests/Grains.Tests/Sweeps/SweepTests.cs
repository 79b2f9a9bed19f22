using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class SweepTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly ImmutableArray<TrialSpec> _specs = Some.Specs(4);

    private readonly List<EndedTrial> _ledger = [];
    private readonly Sweep _sweep;

    public SweepTests() => _sweep = New();

    [Fact]
    public void Trials_are_leased_in_order()
    {
        for (var ordinal = 0; ordinal < 4; ordinal++)
            Assert.True(Grant(ordinal, next: ordinal));

        Assert.Null(Next());
        Assert.Equal(0, _sweep.Waiting);
        Assert.Equal([0, 1, 2, 3], _sweep.RunningOrdinals);
    }

    [Fact]
    public void A_sweep_never_exceeds_its_slot_limit()
    {
        var sweep = New(slots: 2);
        Grant(0, sweep);
        Grant(1, sweep);
        Assert.Null(sweep.Next("silo", TimeSpan.Zero, _term));

        sweep.End(0, Some.Result());
        Assert.Equal(2, sweep.Next("silo", TimeSpan.Zero, _term));
    }

    [Fact]
    public void Trials_that_another_sweep_trains_take_none_of_its_slots()
    {
        var sweep = New(slots: 1);
        sweep.Answered(0, new LeaseAnswer(null, null, "silo-1", "other"), "silo-2", TimeSpan.Zero);
        Assert.Equal(1, sweep.Next("silo", TimeSpan.Zero, _term));

        Grant(1, sweep);
        Assert.Null(sweep.Next("silo", TimeSpan.Zero, _term));
        // The other sweep's holder is silent, and leasing that trial would take a second slot.
        sweep.Heard(1, "silo-2", null, _term);
        Assert.Null(sweep.Next("silo", _term, _term));
        sweep.End(1, Some.Result());
        Assert.Equal(0, sweep.Next("silo", _term, _term));
    }

    [Fact]
    public void A_reserved_trial_is_not_reserved_again()
    {
        Assert.Equal([0, 1], [Reserve(), Reserve()]);
        Grant(0);
        Assert.Equal(2, Reserve());

        _sweep.GiveBack(1);
        Assert.Equal([1, 3, null], [Reserve(), Reserve(), Reserve()]);
    }

    [Fact]
    public void A_trial_of_a_silent_holder_is_not_reserved_twice_either()
    {
        var sweep = New(slots: 1);
        Grant(0, sweep);

        Assert.Equal(0, sweep.Reserve("silo", _term, _term));
        Assert.Null(sweep.Reserve("silo", _term, _term));
        sweep.Answered(0, new LeaseAnswer(2, null, null), "silo-2", _term);
        Assert.Null(sweep.Reserve("silo", _term, _term));
        Assert.Equal(0, sweep.Reserve("silo", 2 * _term, _term));
    }

    [Fact]
    public void A_reserved_trial_counts_towards_the_slot_limit()
    {
        var sweep = New(slots: 2);
        Grant(0, sweep);
        Assert.Equal(1, sweep.Reserve("silo", TimeSpan.Zero, _term));
        Assert.Null(sweep.Reserve("silo", TimeSpan.Zero, _term));

        sweep.Answered(1, new LeaseAnswer(null, null, "silo-1", "other"), "silo-2", TimeSpan.Zero);
        Assert.Equal(2, sweep.Reserve("silo", TimeSpan.Zero, _term));
    }

    [Fact]
    public void A_lease_that_arrives_after_the_trial_was_cancelled_is_not_accepted()
    {
        Reserve();
        _sweep.Cancel([0], "no more");

        Assert.False(Grant(0));
        Assert.Empty(_sweep.RunningOrdinals);
        Assert.Equal(TrialStatus.Cancelled, Assert.Single(_ledger).Status);
    }

    [Fact]
    public void A_sweep_has_not_ended_while_a_trial_may_still_grant_a_lease()
    {
        Reserve();
        _sweep.Cancel([0, 1, 2, 3], "no more");
        Assert.False(_sweep.HasEnded);

        Grant(0);
        Assert.True(_sweep.HasEnded);
    }

    [Fact]
    public void A_trial_of_a_silent_holder_comes_before_waiting_ones()
    {
        Grant(0);
        Grant(1);
        _sweep.Heard(0, "silo-1", null, _term / 2);

        Assert.Equal(2, Next(_term / 2));
        Assert.Equal(1, Next(_term));
        Assert.Equal(0, Next(_term * 1.5));
    }

    [Fact]
    public void A_holder_that_is_still_alive_is_checked_again_after_another_term()
    {
        Grant(0);
        _sweep.Heard(0, "silo-1", Some.Epoch(5), TimeSpan.Zero);

        Assert.False(_sweep.Answered(0, new LeaseAnswer(null, null, "silo-1", "sweep"), "silo-2", _term));

        Assert.Equal(1, Next(_term));
        Assert.Equal(5, _sweep.Running.Single().Epoch!.Epoch);
    }

    [Fact]
    public void A_trial_ends_only_once()
    {
        Grant(0);
        _sweep.End(0, Some.Result(TrialStatus.Failed, reason: "first"));
        _sweep.End(0, Some.Result(TrialStatus.Completed));

        Assert.Equal(new EndedTrial(0, TrialStatus.Failed, Reused: true, "first"), Assert.Single(_ledger));
        Assert.Equal("first", _sweep.Reports(TimeSpan.Zero, _term).First().Result!.Reason);
    }

    [Fact]
    public void A_trial_that_another_sweep_trained_counts_as_reused()
    {
        _sweep.Answered(0, new LeaseAnswer(null, Some.Result(sweep: "other"), null), "silo-1", TimeSpan.Zero);
        Grant(1);
        _sweep.End(1, Some.Result(sweep: "sweep"));

        Assert.Equal([true, false], _ledger.Select(line => line.Reused));
    }

    [Fact]
    public void A_late_report_of_an_ended_trial_changes_nothing()
    {
        Grant(0);
        _sweep.End(0, Some.Result());
        _sweep.Heard(0, "silo-1", Some.Epoch(1), TimeSpan.Zero);
        _sweep.Answered(0, new LeaseAnswer(null, null, "silo-1", "other"), "silo-1", TimeSpan.Zero);

        Assert.Empty(_sweep.RunningOrdinals);
        Assert.Equal(TrialStatus.Completed, _sweep.Reports(TimeSpan.Zero, _term).First().Status);
    }

    [Fact]
    public void A_sweep_has_ended_when_every_trial_has_ended()
    {
        for (var ordinal = 0; ordinal < 4; ordinal++)
        {
            Assert.False(_sweep.HasEnded);
            Grant(ordinal);
            _sweep.End(ordinal, Some.Result());
        }

        Assert.True(_sweep.HasEnded);
        Assert.Null(Next(100 * _term));
    }

    [Fact]
    public void Trials_in_the_ledger_are_not_trained_again()
    {
        _ledger.Add(new EndedTrial(1, TrialStatus.Failed, Reused: false, "oom"));
        var resumed = New();

        Assert.Equal([0, 2, 3], resumed.WaitingOrdinals);
        Assert.Equal("oom", resumed.Reports(TimeSpan.Zero, _term).ElementAt(1).Result!.Reason);
    }

    [Fact]
    public void A_resumed_sweep_knows_its_leases_and_counts_them_towards_its_slot_limit()
    {
        var resumed = New(slots: 1);
        resumed.Answered(2, new LeaseAnswer(null, null, "silo-1", "sweep"), "", TimeSpan.Zero);

        Assert.Equal(TrialStatus.Running, resumed.Reports(TimeSpan.Zero, _term).ElementAt(2).Status);
        Assert.Null(resumed.Next("silo", TimeSpan.Zero, _term));
        Assert.Equal(2, resumed.Next("silo", _term, _term));
    }

    [Fact]
    public void A_ledger_line_stays_unchanged_when_another_sweep_trains_the_trial_later()
    {
        _ledger.Add(new EndedTrial(0, TrialStatus.Failed, Reused: false, "oom"));
        var resumed = New();
        resumed.End(0, Some.Result(TrialStatus.Completed));

        var report = resumed.Reports(TimeSpan.Zero, _term).First();
        Assert.Equal((TrialStatus.Failed, TrialStatus.Failed, "oom"), (report.Status, report.Result!.Status, report.Result.Reason));
    }

    [Fact]
    public void Waiting_and_running_trials_end_when_cancelled()
    {
        Grant(0);
        Grant(1);
        _sweep.End(1, Some.Result());
        _sweep.Cancel([0, 1, 2], "no more");
        _sweep.Cancel([0, 2], "no more");

        Assert.Equal([1, 0, 2], _ledger.Select(line => line.Ordinal));
        Assert.Equal([TrialStatus.Cancelled, TrialStatus.Completed, TrialStatus.Cancelled, TrialStatus.Waiting], _sweep.Reports(TimeSpan.Zero, _term).Select(trial => trial.Status));
        Assert.Equal(3, Next(10 * _term));
    }

    [Fact]
    public void A_cancelled_trial_stays_cancelled_even_if_its_trainer_finished_first()
    {
        Grant(0);
        _sweep.Cancel([0], "no more");
        _sweep.End(0, Some.Result(TrialStatus.Completed));

        Assert.Equal(TrialStatus.Cancelled, Assert.Single(_ledger).Status);
        Assert.Equal(TrialStatus.Cancelled, _sweep.Reports(TimeSpan.Zero, _term).First().Result!.Status);
    }

    [Fact]
    public void Trials_are_found_by_their_id_or_its_start()
    {
        Assert.Equal(2, _sweep.OrdinalOf(_specs[2].Id));
        Assert.Null(_sweep.OrdinalOf("nothing"));
        Assert.Equal([2], _sweep.Unfinished(_specs[2].Id[..8]));
        Assert.Equal([0, 1, 2, 3], _sweep.Unfinished("").Order());

        Grant(2);
        Assert.Equal([2], _sweep.Unfinished(_specs[2].Id));
        _sweep.End(2, Some.Result());
        Assert.Empty(_sweep.Unfinished(_specs[2].Id));
    }

    [Fact]
    public void The_remaining_time_of_a_trial_follows_from_the_pace_of_its_epochs()
    {
        Grant(0);
        Assert.Null(_sweep.Running.Single().SecondsLeft);

        _sweep.Heard(0, "silo-1", Some.Epoch(5, epochs: 20, seconds: 10), TimeSpan.Zero);
        _sweep.Heard(0, "silo-1", null, TimeSpan.Zero);

        Assert.Equal(30, _sweep.Running.Single().SecondsLeft!.Value, 1e-9);
    }

    [Fact]
    public void Ended_trials_are_returned_from_a_position_in_the_ledger()
    {
        foreach (var ordinal in (int[])[3, 0, 2])
        {
            Grant(ordinal);
            _sweep.End(ordinal, Some.Result());
        }

        Assert.Equal([_specs[3].Id, _specs[0].Id], _sweep.EndedFrom(0, 2).Select(trial => trial.Trial));
        Assert.Equal([_specs[2].Id], _sweep.EndedFrom(2, 3).Select(trial => trial.Trial));
        Assert.Empty(_sweep.EndedFrom(3, 3));
        Assert.Empty(_sweep.EndedFrom(7, 3));
    }

    private Sweep New(int? slots = null) => new("sweep", _specs, _ledger, slots);

    private int? Next(TimeSpan now = default) => _sweep.Next("silo", now, _term);

    private int? Reserve() => _sweep.Reserve("silo", TimeSpan.Zero, _term);

    private bool Grant(int ordinal, int next)
    {
        Assert.Equal(next, Next());
        return Grant(ordinal);
    }

    private bool Grant(int ordinal, Sweep? sweep = null) =>
        (sweep ?? _sweep).Answered(ordinal, new LeaseAnswer(1, null, null), "silo-1", TimeSpan.Zero);
}
