using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>How a sweep handles trials whose lease was handed back, and trials that run again.</summary>
public sealed class ReturnedTrialTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly ImmutableArray<TrialSpec> _specs = Some.Specs(4);

    private readonly TrialQueue _queue;

    public ReturnedTrialTests() => _queue = new("sweep", _specs, ledger: [], slots: null);

    [Fact]
    public void A_trial_whose_lease_was_handed_back_waits_again_and_reports_why()
    {
        Grant(0);
        _queue.Returned(0, "handed back by silo", refusedBy: null, TimeSpan.Zero);
        _queue.Returned(0, "twice", refusedBy: null, TimeSpan.Zero);

        Assert.Equal((4, 0), (_queue.Waiting, _queue.Ended));
        Assert.Equal("waiting for a slot; handed back by silo", _queue.Why(0, TimeSpan.Zero, _term));
        Assert.Equal("waiting for a slot", _queue.Why(1, TimeSpan.Zero, _term));
        Assert.Equal(["handed back by silo"], _queue.Whys);
        Assert.Equal(0, Next());
    }

    [Fact]
    public void A_silo_that_cannot_get_the_data_is_offered_no_trials_for_a_while()
    {
        Grant(0);
        _queue.Returned(0, "no room", refusedBy: "full", TimeSpan.Zero);

        Assert.Null(_queue.Next("full", TimeSpan.Zero, _term));
        Assert.Equal(0, _queue.Next("other", TimeSpan.Zero, _term));
        Assert.Equal(0, _queue.Next("full", TimeSpan.FromMinutes(1), _term));
    }

    [Fact]
    public void A_holder_that_misses_a_renewal_is_reported_with_the_time_until_its_lease_expires()
    {
        Grant(0);

        Assert.Null(_queue.Why(0, _term / 2, _term));
        Assert.Equal("lease of silo-1 expires in 5 s", _queue.Why(0, TimeSpan.FromSeconds(7), _term));
        Assert.Equal("waiting for a slot; silo-1 is no longer responding", _queue.Why(0, _term, _term));
        _queue.Heard(0, "silo-1", null, _term);
        Assert.Null(_queue.Why(0, _term, _term));
    }

    [Fact]
    public void Failed_trials_run_again_and_cursors_into_the_ledger_stay_valid()
    {
        Grant(0);
        Grant(1);
        Grant(2);
        _queue.End(0, Some.Result(TrialStatus.Failed, reason: "oom"));
        _queue.End(1, Some.Result());
        _queue.End(2, Some.Result(TrialStatus.Poisonous));
        Assert.Equal([0, 2], _queue.Failed);

        _queue.Reopen(_queue.Failed);

        Assert.Equal((1, 5, 1), (_queue.Ended, _queue.Ledger.Count, LedgerLines.Ended(_queue.Ledger)));
        Assert.Empty(_queue.Failed);
        Assert.Equal([TrialStatus.Waiting, TrialStatus.Waiting], _queue.EndedFrom(3, 5).Select(trial => trial.Status));
        Assert.Equal(0, Next());
        Grant(0);
        _queue.End(0, Some.Result(reason: "at last"));
        Assert.Equal("at last", _queue.Reports(TimeSpan.Zero, _term).First().Result!.Reason);
        Assert.Equal([2, 3], Resumed().WaitingOrdinals);
        Assert.Equal(2, Resumed().Ended);
    }

    [Fact]
    public void An_old_answer_does_not_end_a_reopened_trial()
    {
        Grant(0);
        _queue.End(0, Some.Result(TrialStatus.Failed));
        _queue.Reopen([0]);

        _queue.Recalled(0, new LeaseAnswer(null, Some.Result(TrialStatus.Failed), null));

        Assert.Equal((0, 1), (_queue.Ended, _queue.Reopened));
        Assert.Equal(0, Next());
    }

    private TrialQueue Resumed() => new("sweep", _specs, _queue.Ledger, slots: null);

    private int? Next() => _queue.Next("silo", TimeSpan.Zero, _term);

    private void Grant(int ordinal) => _queue.Answered(ordinal, new LeaseAnswer(1, null, null), "silo-1", TimeSpan.Zero);
}
