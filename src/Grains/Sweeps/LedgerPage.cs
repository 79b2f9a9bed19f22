namespace Siamese.Grains.Sweeps;

/// <summary>What is stored of a stretch of a sweep's ledger: trials that ended, in the order in which they did.</summary>
[GenerateSerializer, Alias("siamese.LedgerPage")]
internal sealed class LedgerPage : IPage<EndedTrial>
{
    [Id(0)] public List<EndedTrial> Lines { get; set; } = [];
}
