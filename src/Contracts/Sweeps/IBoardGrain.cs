using System.Collections.Immutable;
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

    /// <summary>Leases a trial of any running sweep to a slot, the sweeps in turn; null where there is nothing to do.</summary>
    [Alias("Claim")]
    Task<Assignment?> Claim(SlotHolder holder, CancellationToken cancellation);

    /// <summary>Every sweep, the newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation);

    /// <summary>Slots of the silos that have asked for work lately.</summary>
    [Alias("CountSlots")]
    Task<int> CountSlots(CancellationToken cancellation);
}
