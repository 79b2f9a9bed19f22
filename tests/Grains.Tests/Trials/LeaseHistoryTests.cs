using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Trials;

public sealed class LeaseHistoryTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly TrialState _state = new();
    private readonly Trial _trial;

    public LeaseHistoryTests() => _trial = new Trial(_state, _term, TimeSpan.Zero, _time);

    [Fact]
    public void A_trial_that_nobody_trained_has_no_record() => Assert.Null(_trial.Record("id"));

    [Fact]
    public void A_lease_is_remembered_with_its_checkpoint_and_its_end()
    {
        var granted = _time.GetUtcNow();
        Lease("silo-1");
        _trial.Checkpointed(new Checkpoint(1, 3, 0, "hash", 20), TimeSpan.Zero);
        Assert.Equal(("silo-1", null), (_trial.Record("id")!.Silo, _trial.Record("id")!.Leases[0].EndedAt));
        _time.Advance(TimeSpan.FromMinutes(1));
        _trial.Complete(1, new TrialResult { Status = TrialStatus.Completed });

        Assert.Equal(new LeaseRecord(1, "silo-1", "sweep", granted, null) { Checkpoint = 3, EndedAt = granted.AddMinutes(1), End = "completed" }, Assert.Single(_trial.Record("id")!.Leases));
    }

    [Fact]
    public void A_lost_lease_is_followed_by_one_that_resumes()
    {
        Lease("silo-1");
        _trial.Checkpointed(new Checkpoint(1, 3, 0, "hash", 20), TimeSpan.Zero);
        Lease("silo-2", at: _term);
        Lease("silo-3", at: _term, isHolderDead: true);
        _trial.HandBack(3);
        Lease("silo-4");
        _trial.Complete(4, new TrialResult { Status = TrialStatus.Failed, Reason = "out of paper" });

        Assert.Equal(
            [("silo-1", null, "it expired, because its silo was not heard from"), ("silo-2", 3, "its silo died"), ("silo-3", 3, "handed back"), ("silo-4", (int?)3, "failed: out of paper")],
            _trial.Record("id")!.Leases.Select(lease => (lease.Silo, lease.FromEpoch, lease.End!)));
    }

    [Fact]
    public void Only_the_last_leases_are_remembered()
    {
        for (var lease = 1; lease <= TrialRecord.MaximumLeases + 5; lease++)
        {
            Lease($"silo-{lease}");
            _trial.HandBack(lease);
        }

        var record = _trial.Record("id")!;
        Assert.Equal((TrialRecord.MaximumLeases, 25L), (record.Leases.Length, record.LeaseCount));
        Assert.Equal("silo-6", record.Leases[0].Silo);
    }

    [Fact]
    public void A_trial_that_is_forgotten_has_no_history()
    {
        Lease("silo-1");
        _trial.HandBack(1);
        _trial.Forget("sweep");

        Assert.Null(_trial.Record("id"));
        Assert.Empty(_state.Leases);
    }

    private void Lease(string silo, TimeSpan at = default, bool isHolderDead = false) => _trial.Lease(new LeaseRequest(Some.Spec(), "sweep", silo, 0, isHolderDead), at);
}
