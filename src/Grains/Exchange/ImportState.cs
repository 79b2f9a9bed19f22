namespace Siamese.Grains.Exchange;

/// <summary>Stored state of an import.</summary>
[GenerateSerializer, Alias("siamese.ImportState")]
internal sealed class ImportState
{
    /// <summary>The manifest; null if nothing was imported under this name.</summary>
    [Id(0)] public byte[]? Manifest { get; set; }

    [Id(1)] public byte[]? Calibration { get; set; }

    /// <summary>The blob of each file, by path: noted before it is stored, so that none is left behind.</summary>
    [Id(2)] public Dictionary<string, string> Blobs { get; set; } = [];

    /// <summary>Whether the ensemble can be used.</summary>
    [Id(3)] public bool IsComplete { get; set; }

    /// <summary>When a file was last received, or the import began; earlier builds did not record it.</summary>
    [Id(4)] public DateTimeOffset? LastSent { get; set; }
}
