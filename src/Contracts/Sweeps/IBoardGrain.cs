using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Training;

namespace Siamese.Contracts.Sweeps;

/// <summary>Lists every sweep and which of them are unfinished; slots ask it for work. One per cluster, key 0.</summary>
[Alias("siamese.IBoardGrain")]
public interface IBoardGrain : IGrainWithIntegerKey
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
    Task<Assignment?> Claim(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Reports that a silo is alive and has slots, busy or not. Called by every silo every few seconds.</summary>
    [Alias("Announce")]
    Task Announce(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Every sweep, the newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation);

    /// <summary>Number of slots of the silos that were announced recently.</summary>
    [Alias("CountSlots")]
    Task<int> CountSlots(CancellationToken cancellation);
}
