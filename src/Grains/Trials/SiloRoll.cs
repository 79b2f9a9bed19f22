namespace Siamese.Grains.Trials;

/// <summary>
/// Which silos the cluster has declared dead. Nobody waits for a dead silo's lease to expire; if the silo is alive after
/// all, fences reject its reports.
/// </summary>
internal sealed class SiloRoll(IClusterMembershipService membership)
{
    /// <summary>Whether silos of this name were members and all of them are dead. A silo that was never seen may be about to join.</summary>
    public bool IsGone(string silo)
    {
        var known = membership.CurrentSnapshot.Members.Values.Where(member => member.Name == silo).ToArray();
        return known.Length > 0 && Array.TrueForAll(known, member => member.Status is SiloStatus.Dead);
    }
}
