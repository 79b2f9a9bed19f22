using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class TrialQueueTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly ImmutableArray<TrialSpec> _specs = Some.Specs(4);

    private readonly TrialQueue _queue;

    public TrialQueueTests() => _queue = New();

    [Fact]
    public void Trials_are_leased_in_order()
    {
        for (var ordinal = 0; ordinal < 4; ordinal++)
            Assert.True(Grant(ordinal, next: ordinal));

        Assert.Null(Next());
        Assert.Equal(0, _queue.Waiting);
        Assert.Equal([0, 1, 2, 3], _queue.RunningOrdinals);
    }

    [Fact]
    public void A_queue_never_exceeds_its_slot_limit()
    {
        var queue = New(slots: 2);
        Grant(0, queue);
        Grant(1, queue);
        Assert.Null(queue.Next("silo", TimeSpan.Zero, _term));

        queue.End(0, Some.Result());
        Assert.Equal(2, queue.Next("silo", TimeSpan.Zero, _term));
    }

    [Fact]
    public void Trials_that_another_queue_trains_take_none_of_its_slots()
    {
        var queue = New(slots: 1);
        queue.Answered(0, new LeaseAnswer(null, null, "silo-1", "other"), "silo-2", TimeSpan.Zero);
        Assert.Equal(1, queue.Next("silo", TimeSpan.Zero, _term));

        Grant(1, queue);
        Assert.Null(queue.Next("silo", TimeSpan.Zero, _term));
        // The other sweep's holder is silent, and leasing that trial would take a second slot.
        queue.Heard(1, "silo-2", null, _term);
        Assert.Null(queue.Next("silo", _term, _term));
        queue.End(1, Some.Result());
        Assert.Equal(0, queue.Next("silo", _term, _term));
    }

    [Fact]
    public void A_reserved_trial_is_not_reserved_again()
    {
        Assert.Equal([0, 1], [Reserve(), Reserve()]);
        Grant(0);
        Assert.Equal(2, Reserve());

        _queue.GiveBack(1);
        Assert.Equal([1, 3, null], [Reserve(), Reserve(), Reserve()]);
    }

    [Fact]
    public void A_trial_of_a_silent_holder_is_not_reserved_twice_either()
    {
        var queue = New(slots: 1);
        Grant(0, queue);

        Assert.Equal(0, queue.Reserve("silo", _term, _term));
        Assert.Null(queue.Reserve("silo", _term, _term));
        queue.Answered(0, new LeaseAnswer(2, null, null), "silo-2", _term);
        Assert.Null(queue.Reserve("silo", _term, _term));
        Assert.Equal(0, queue.Reserve("silo", 2 * _term, _term));
    }

    [Fact]
    public void A_reserved_trial_counts_towards_the_slot_limit()
    {
        var queue = New(slots: 2);
        Grant(0, queue);
        Assert.Equal(1, queue.Reserve("silo", TimeSpan.Zero, _term));
        Assert.Null(queue.Reserve("silo", TimeSpan.Zero, _term));

        queue.Answered(1, new LeaseAnswer(null, null, "silo-1", "other"), "silo-2", TimeSpan.Zero);
        Assert.Equal(2, queue.Reserve("silo", TimeSpan.Zero, _term));
    }

    [Fact]
    public void A_lease_that_arrives_after_the_trial_was_cancelled_is_not_accepted()
    {
        Reserve();
        _queue.Cancel([0], "no more");

        Assert.False(Grant(0));
        Assert.Empty(_queue.RunningOrdinals);
        Assert.Equal(TrialStatus.Cancelled, Assert.Single(_queue.Ledger).Status);
    }

    [Fact]
    public void A_queue_has_not_ended_while_a_trial_may_still_grant_a_lease()
    {
        Reserve();
        _queue.Cancel([0, 1, 2, 3], "no more");
        Assert.False(_queue.HasEnded);

        Grant(0);
        Assert.True(_queue.HasEnded);
    }

    [Fact]
    public void A_trial_of_a_silent_holder_comes_before_waiting_ones()
    {
        Grant(0);
        Grant(1);
        _queue.Heard(0, "silo-1", null, _term / 2);

        Assert.Equal(2, Next(_term / 2));
        Assert.Equal(1, Next(_term));
        Assert.Equal(0, Next(_term * 1.5));
    }

    [Fact]
    public void A_holder_that_is_still_alive_is_checked_again_after_another_term()
    {
        Grant(0);
        _queue.Heard(0, "silo-1", Some.Epoch(5), TimeSpan.Zero);

        Assert.False(_queue.Answered(0, new LeaseAnswer(null, null, "silo-1", "sweep"), "silo-2", _term));

        Assert.Equal(1, Next(_term));
        Assert.Equal(5, _queue.Running.Single().Epoch!.Epoch);
    }

    [Fact]
    public void A_trial_ends_only_once()
    {
        Grant(0);
        _queue.End(0, Some.Result(TrialStatus.Failed, reason: "first"));
        _queue.End(0, Some.Result(TrialStatus.Completed));

        Assert.Equal(new EndedTrial(0, TrialStatus.Failed, Reused: true, "first", Figures: new TrialFigures(null, 0, 0)), Assert.Single(_queue.Ledger));
        Assert.Equal("first", _queue.Reports(TimeSpan.Zero, _term).First().Result!.Reason);
    }

    [Fact]
    public void A_trial_that_another_queue_trained_counts_as_reused()
    {
        _queue.Answered(0, new LeaseAnswer(null, Some.Result(sweep: "other"), null), "silo-1", TimeSpan.Zero);
        Grant(1);
        _queue.End(1, Some.Result(sweep: "sweep"));

        Assert.Equal([true, false], _queue.Ledger.Select(line => line.Reused));
    }

    [Fact]
    public void A_late_report_of_an_ended_trial_changes_nothing()
    {
        Grant(0);
        _queue.End(0, Some.Result());
        _queue.Heard(0, "silo-1", Some.Epoch(1), TimeSpan.Zero);
        _queue.Answered(0, new LeaseAnswer(null, null, "silo-1", "other"), "silo-1", TimeSpan.Zero);

        Assert.Empty(_queue.RunningOrdinals);
        Assert.Equal(TrialStatus.Completed, _queue.Reports(TimeSpan.Zero, _term).First().Status);
    }

    [Fact]
    public void A_queue_has_ended_when_every_trial_has_ended()
    {
        for (var ordinal = 0; ordinal < 4; ordinal++)
        {
            Assert.False(_queue.HasEnded);
            Grant(ordinal);
            _queue.End(ordinal, Some.Result());
        }

        Assert.True(_queue.HasEnded);
        Assert.Null(Next(100 * _term));
    }

    [Fact]
    public void Trials_in_the_ledger_are_not_trained_again()
    {
        var resumed = New(ledger: new EndedTrial(1, TrialStatus.Failed, Reused: false, "oom"));

        Assert.Equal([0, 2, 3], resumed.WaitingOrdinals);
        Assert.Equal("oom", resumed.Reports(TimeSpan.Zero, _term).ElementAt(1).Result!.Reason);
    }

    [Fact]
    public void A_resumed_queue_knows_its_leases_and_counts_them_towards_its_slot_limit()
    {
        var resumed = New(slots: 1);
        resumed.Answered(2, new LeaseAnswer(null, null, "silo-1", "sweep"), "", TimeSpan.Zero);

        Assert.Equal(TrialStatus.Running, resumed.Reports(TimeSpan.Zero, _term).ElementAt(2).Status);
        Assert.Null(resumed.Next("silo", TimeSpan.Zero, _term));
        Assert.Equal(2, resumed.Next("silo", _term, _term));
    }

    [Fact]
    public void A_ledger_line_stays_unchanged_when_another_queue_trains_the_trial_later()
    {
        var resumed = New(ledger: new EndedTrial(0, TrialStatus.Failed, Reused: false, "oom"));
        resumed.End(0, Some.Result(TrialStatus.Completed));

        var report = resumed.Reports(TimeSpan.Zero, _term).First();
        Assert.Equal((TrialStatus.Failed, TrialStatus.Failed, "oom"), (report.Status, report.Result!.Status, report.Result.Reason));
    }

    [Fact]
    public void Waiting_and_running_trials_end_when_cancelled()
    {
        Grant(0);
        Grant(1);
        _queue.End(1, Some.Result());
        _queue.Cancel([0, 1, 2], "no more");
        _queue.Cancel([0, 2], "no more");

        Assert.Equal([1, 0, 2], _queue.Ledger.Select(line => line.Ordinal));
        Assert.Equal([TrialStatus.Cancelled, TrialStatus.Completed, TrialStatus.Cancelled, TrialStatus.Waiting], _queue.Reports(TimeSpan.Zero, _term).Select(trial => trial.Status));
        Assert.Equal(3, Next(10 * _term));
    }

    [Fact]
    public void A_cancelled_trial_stays_cancelled_even_if_its_trainer_finished_first()
    {
        Grant(0);
        _queue.Cancel([0], "no more");
        _queue.End(0, Some.Result(TrialStatus.Completed));

        Assert.Equal(TrialStatus.Cancelled, Assert.Single(_queue.Ledger).Status);
        Assert.Equal(TrialStatus.Cancelled, _queue.Reports(TimeSpan.Zero, _term).First().Result!.Status);
    }

    [Fact]
    public void Trials_are_found_by_their_id_or_its_start()
    {
        Assert.Equal(2, _queue.OrdinalOf(_specs[2].Id));
        Assert.Null(_queue.OrdinalOf("nothing"));
        Assert.Equal([2], _queue.Unfinished(_specs[2].Id[..8]));
        Assert.Equal([0, 1, 2, 3], _queue.Unfinished("").Order());

        Grant(2);
        Assert.Equal([2], _queue.Unfinished(_specs[2].Id));
        _queue.End(2, Some.Result());
        Assert.Empty(_queue.Unfinished(_specs[2].Id));
    }

    [Fact]
    public void The_remaining_time_of_a_trial_follows_from_the_pace_of_its_epochs()
    {
        Grant(0);
        Assert.Null(_queue.Running.Single().SecondsLeft);

        _queue.Heard(0, "silo-1", Some.Epoch(5, epochs: 20, seconds: 10), TimeSpan.Zero);
        _queue.Heard(0, "silo-1", null, TimeSpan.Zero);

        Assert.Equal(30, _queue.Running.Single().SecondsLeft!.Value, 1e-9);
    }

    [Fact]
    public void Ended_trials_are_returned_from_a_position_in_the_ledger()
    {
        foreach (var ordinal in (int[])[3, 0, 2])
        {
            Grant(ordinal);
            _queue.End(ordinal, Some.Result());
        }

        Assert.Equal([_specs[3].Id, _specs[0].Id], _queue.EndedFrom(0, 2).Select(trial => trial.Trial));
        Assert.Equal([_specs[2].Id], _queue.EndedFrom(2, 3).Select(trial => trial.Trial));
        Assert.Empty(_queue.EndedFrom(3, 3));
        Assert.Empty(_queue.EndedFrom(7, 3));
    }

    private static TrialQueue New(int? slots = null, params EndedTrial[] ledger) => new("sweep", _specs, ledger, slots);

    private int? Next(TimeSpan now = default) => _queue.Next("silo", now, _term);

    private int? Reserve() => _queue.Reserve("silo", TimeSpan.Zero, _term);

    private bool Grant(int ordinal, int next)
    {
        Assert.Equal(next, Next());
        return Grant(ordinal);
    }

    private bool Grant(int ordinal, TrialQueue? queue = null) =>
        (queue ?? _queue).Answered(ordinal, new LeaseAnswer(1, null, null), "silo-1", TimeSpan.Zero);
}
