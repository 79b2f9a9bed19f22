using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>What is stored of the board.</summary>
[GenerateSerializer, Alias("siamese.BoardState")]
internal sealed class BoardState
{
    [Id(0)] public Dictionary<string, BoardEntry> Sweeps { get; set; } = [];

    /// <summary>Where recent feedback contradicts an ensemble, by its name.</summary>
    [Id(1)] public Dictionary<string, ImmutableArray<Drift>> Drifts { get; set; } = [];
}
