using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>Remembers the last leases of a trial, for people. Nothing is decided by it.</summary>
/// <param name="leases">The stored leases, the newest last.</param>
/// <param name="time">Tells when.</param>
internal sealed class LeaseHistory(List<LeaseRecord> leases, TimeProvider time)
{
    public void Grant(long fence, string silo, string sweep, int? fromEpoch)
    {
        End(fence - 1, "it expired, because its silo was not heard from");
        leases.Add(new(fence, silo, sweep, time.GetUtcNow(), fromEpoch));
        if (leases.Count > TrialRecord.MaximumLeases)
            leases.RemoveAt(0);
    }

    public void Checkpoint(long fence, int epoch) => Change(fence, lease => lease with { Checkpoint = epoch });

    /// <summary>Does nothing if the lease is not remembered or has already ended.</summary>
    public void End(long fence, string how) => Change(fence, lease => lease with { EndedAt = time.GetUtcNow(), End = how });

    private void Change(long fence, Func<LeaseRecord, LeaseRecord> change)
    {
        if (leases.FindIndex(lease => lease.Number == fence && lease.EndedAt is null) is >= 0 and var at)
            leases[at] = change(leases[at]);
    }
}
