namespace Siamese.Grains.Data;

/// <summary>How much memory the images of data sets may take on a silo.</summary>
public sealed class DataMemoryOptions
{
    /// <summary>
    /// Maximum bytes of one data set, and of all that are kept in memory together. While a data set is read it takes about twice
    /// its bytes. Default: a quarter of the memory that the process may use, in a container of the container's.
    /// </summary>
    public long LimitBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <summary>Data sets of more bytes are read one at a time. Default: 128 MiB; full MNIST takes 110 MB while it is read.</summary>
    public long LargeBytes { get; set; } = 128L << 20;

    /// <summary>How long a data set that nobody uses stays in memory. Default: 5 minutes.</summary>
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromMinutes(5);
}
