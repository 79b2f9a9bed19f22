using Siamese.Contracts.Local;

namespace Siamese.Grains.Data;

/// <summary>Where a silo caches the files of uploaded data sets.</summary>
public sealed class DataCacheOptions
{
    /// <summary>The folder, created if it is missing. Silos on one machine may share it. Default: `cache` in the data folder.</summary>
    public string Folder { get; set; } = Path.Combine(DataFolder.Find(), "cache");

    /// <summary>Maximum size in bytes; beyond it, the least recently used data sets are removed. Default: 10 GB.</summary>
    public long LimitBytes { get; set; } = 10_000_000_000;
}
