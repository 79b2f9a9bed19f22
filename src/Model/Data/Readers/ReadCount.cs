namespace Siamese.Model.Data.Readers;

/// <summary>How many images of a data set have been read. Threads count here while others look.</summary>
public sealed class ReadCount
{
    private int _read;
    private int _all;

    /// <summary>Number of images read so far.</summary>
    public int Read => Volatile.Read(ref _read);

    /// <summary>Number of images to read; 0 until that is known.</summary>
    public int All => Volatile.Read(ref _all);

    internal void Begin(int all)
    {
        Volatile.Write(ref _read, 0);
        Volatile.Write(ref _all, all);
    }

    internal void Add() => Interlocked.Increment(ref _read);
}
