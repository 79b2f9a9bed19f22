using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Access;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Board;

/// <summary>The side of the board that sweeps, ensembles and silos call: sweeps post how they stand, silos claim trials.</summary>
[Alias("siamese.ISweepBoard"), SilosOnly]
internal interface ISweepBoard : IBoardGrain
{
    /// <summary>Reports that a sweep has begun, or that its phase or its ensemble has changed.</summary>
    [Alias("Post")]
    Task Post(BoardEntry entry, CancellationToken cancellation);

    /// <summary>Reports that a sweep was removed.</summary>
    [Alias("Withdraw")]
    Task Withdraw(string sweep, CancellationToken cancellation);

    /// <summary>Reports where recent feedback contradicts an ensemble; an empty list withdraws what was posted before.</summary>
    [Alias("PostDrifts")]
    Task PostDrifts(string ensemble, ImmutableArray<Drift> drifts, CancellationToken cancellation);

    /// <summary>Leases a trial of any running sweep to a slot, taking the sweeps in turn; null if there is nothing to do.</summary>
    [Alias("Claim"), AlwaysInterleave]
    Task<Lease?> Claim(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Reports that a silo is alive and has slots, busy or not, and how it is. Called by every silo every few seconds.</summary>
    [Alias("Announce")]
    Task Announce(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Number of slots of the silos that were announced recently.</summary>
    [Alias("CountSlots")]
    Task<int> CountSlots(CancellationToken cancellation);
}
