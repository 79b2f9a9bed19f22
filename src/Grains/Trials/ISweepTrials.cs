using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>The side of a sweep that silos and trials call: leases, and what becomes of them.</summary>
[Alias("siamese.ISweepTrials"), SilosOnly]
internal interface ISweepTrials : ISweepGrain
{
    /// <summary>Leases the next trial to a slot of a silo; null if there is none. Called by the board.</summary>
    [Alias("Lease"), AlwaysInterleave]
    Task<Lease?> Lease(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Receives news of a trial that this sweep follows. Called by the trial's grain.</summary>
    [Alias("TrialChanged"), AlwaysInterleave]
    Task TrialChanged(TrialNews news, CancellationToken cancellation);

    /// <summary>What has become of its trials since an earlier look. Called by the index of its trials.</summary>
    [Alias("LookAtTrials"), AlwaysInterleave]
    Task<TrialLook> LookAtTrials(TrialCursor from, CancellationToken cancellation);

    /// <summary>Reports on some trials, in the order of their <paramref name="ordinals"/>; empty if it no longer has them. Called by the index of its trials.</summary>
    [Alias("GetReports"), AlwaysInterleave]
    Task<ImmutableArray<TrialReport>> GetReports(ImmutableArray<int> ordinals, CancellationToken cancellation);
}
