using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>What is stored of the board.</summary>
[GenerateSerializer, Alias("siamese.BoardState")]
internal sealed class BoardState
{
    [Id(0)] public Dictionary<string, BoardEntry> Sweeps { get; set; } = [];
}
