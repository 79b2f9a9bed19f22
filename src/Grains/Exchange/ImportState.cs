namespace Siamese.Grains.Exchange;

/// <summary>What is stored of an import.</summary>
[GenerateSerializer, Alias("siamese.ImportState")]
internal sealed class ImportState
{
    /// <summary>The manifest; null where nothing was brought in under this name.</summary>
    [Id(0)] public byte[]? Manifest { get; set; }

    [Id(1)] public byte[]? Calibration { get; set; }

    /// <summary>Blobs that files became, by path: noted before they are stored, so that none is left behind.</summary>
    [Id(2)] public Dictionary<string, string> Blobs { get; set; } = [];

    /// <summary>Whether the ensemble can be asked.</summary>
    [Id(3)] public bool IsComplete { get; set; }
}
