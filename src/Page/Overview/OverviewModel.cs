using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Page.Layout;
using Siamese.Web.Clusters;

namespace Siamese.Page.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Cluster">The silos, and what they train.</param>
/// <param name="Leases">Since when, and from which checkpoint, trials are trained, by trial.</param>
/// <param name="Waiting">Number of trials of all sweeps that wait.</param>
/// <param name="Sweeps">The sweeps of this page, the newest first.</param>
/// <param name="Page">Number of this page, from 1.</param>
/// <param name="Pages">Number of pages.</param>
/// <param name="Now">The time.</param>
public sealed record OverviewModel(Visitor Visitor, ClusterDocument Cluster, IReadOnlyDictionary<string, LeaseRecord> Leases, int Waiting, IReadOnlyList<SweepProgress> Sweeps, int Page, int Pages, DateTimeOffset Now)
{
    /// <summary>Number of slots in which a trial is trained.</summary>
    public int Busy => Cluster.Silos.Sum(silo => silo.Training.Count);
}
