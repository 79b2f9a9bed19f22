using System.Collections.Immutable;

namespace Siamese.Contracts.Sweeps;

/// <summary>Lists every sweep and which of them are unfinished; slots ask it for work. One per cluster, key 0.</summary>
[Alias("siamese.IBoardGrain")]
public interface IBoardGrain : IGrainWithIntegerKey
{
    /// <summary>Every sweep, the newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation);
}
