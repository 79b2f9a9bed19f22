namespace Siamese.Grains.Sweeps;

/// <summary>What is stored of a stretch of a sweep's ledger.</summary>
[GenerateSerializer, Alias("siamese.LedgerPage")]
internal sealed class LedgerPage
{
    /// <summary>Trials that ended, in the order in which they did.</summary>
    [Id(0)] public List<EndedTrial> Ended { get; set; } = [];
}
