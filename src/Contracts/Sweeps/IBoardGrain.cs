using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Training;

namespace Siamese.Contracts.Sweeps;

/// <summary>Knows every sweep and which of them are unfinished; slots come here for work. One per cluster, key 0.</summary>
[Alias("siamese.IBoardGrain")]
public interface IBoardGrain : IGrainWithIntegerKey
{
    /// <summary>A sweep has begun, or changed its phase or its ensemble.</summary>
    [Alias("Post")]
    Task Post(BoardEntry entry, CancellationToken cancellation);

    /// <summary>A sweep was removed.</summary>
    [Alias("Withdraw")]
    Task Withdraw(string sweep, CancellationToken cancellation);

    /// <summary>Where recent feedback contradicts an ensemble; none takes back what was posted before.</summary>
    [Alias("PostDrifts")]
    Task PostDrifts(string ensemble, ImmutableArray<Drift> drifts, CancellationToken cancellation);

    /// <summary>Leases a trial of any running sweep to a slot, the sweeps in turn; null where there is nothing to do.</summary>
    [Alias("Claim"), AlwaysInterleave]
    Task<Assignment?> Claim(SlotHolder holder, CancellationToken cancellation);

    /// <summary>A silo is there and has slots, busy or not. Called by every silo every few seconds.</summary>
    [Alias("Announce")]
    Task Announce(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Every sweep, the newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation);

    /// <summary>Slots of the silos that were announced lately.</summary>
    [Alias("CountSlots")]
    Task<int> CountSlots(CancellationToken cancellation);
}
