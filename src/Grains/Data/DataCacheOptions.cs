using Siamese.Contracts.Local;

namespace Siamese.Grains.Data;

/// <summary>Where a silo keeps the files of data sets that were uploaded.</summary>
public sealed class DataCacheOptions
{
    /// <summary>The folder; made where it is missing. Silos of one machine may share it. Default: `cache` in the data folder.</summary>
    public string Folder { get; set; } = Path.Combine(DataFolder.Find(), "cache");

    /// <summary>Bytes beyond which the data sets that were used longest ago are removed. Default: 10 GB.</summary>
    public long LimitBytes { get; set; } = 10_000_000_000;
}
