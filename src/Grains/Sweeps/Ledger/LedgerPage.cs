namespace Siamese.Grains.Sweeps.Ledger;

/// <summary>A stored page of a sweep's ledger: ended trials, in the order in which they ended.</summary>
[GenerateSerializer, Alias("siamese.LedgerPage")]
internal sealed class LedgerPage : IPage<EndedTrial>
{
    [Id(0)] public List<EndedTrial> Lines { get; set; } = [];
}
