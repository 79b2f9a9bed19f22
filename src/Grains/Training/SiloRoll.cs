namespace Siamese.Grains.Training;

/// <summary>
/// Which silos the cluster has declared dead. A lease of such a one need not run out; fences keep the rest safe should it
/// live after all.
/// </summary>
internal sealed class SiloRoll(IClusterMembershipService membership)
{
    /// <summary>Whether silos of that name were members, and all of them are dead. One that was never seen may be about to be.</summary>
    public bool IsGone(string silo)
    {
        var known = membership.CurrentSnapshot.Members.Values.Where(member => member.Name == silo).ToArray();
        return known.Length > 0 && Array.TrueForAll(known, member => member.Status is SiloStatus.Dead);
    }
}
