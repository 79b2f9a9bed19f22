using System.Collections.Immutable;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Board;

/// <summary>The stored state of the board.</summary>
[GenerateSerializer, Alias("siamese.BoardState")]
internal sealed class BoardState
{
    [Id(0)] public Dictionary<string, BoardEntry> Sweeps { get; set; } = [];

    /// <summary>The drifts of each ensemble: recent feedback that contradicts it. Keyed by the ensemble's name.</summary>
    [Id(1)] public Dictionary<string, ImmutableArray<Drift>> Drifts { get; set; } = [];
}
