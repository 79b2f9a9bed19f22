using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Access;

namespace Siamese.Contracts.Sweeps;

/// <summary>Lists every sweep and which of them are unfinished; slots ask it for work. One per cluster, key 0.</summary>
[Alias("siamese.IBoardGrain")]
public interface IBoardGrain : IGrainWithIntegerKey
{
    /// <summary>Every sweep, the newest first.</summary>
    [Alias("List"), May(Role.Read)]
    Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation);

    /// <summary>Where clients reach the silos of the cluster, as `ADDRESS:PORT`.</summary>
    [Alias("GetGateways"), AlwaysInterleave, May(Role.Read)]
    Task<ImmutableArray<string>> GetGateways(CancellationToken cancellation);

    /// <summary>The silos that train, with the number of their slots, and what they have reported in the last seconds. Just after the board has moved to another silo, some may be missing for a few seconds.</summary>
    [Alias("GetSlots"), AlwaysInterleave, May(Role.Read)]
    Task<ImmutableArray<SiloSlots>> GetSlots(CancellationToken cancellation);
}
