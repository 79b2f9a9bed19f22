namespace Siamese.Grains.Data;

/// <summary>An exclusive lock on one data set of a cache, among all silos that share it. It ends with the process too.</summary>
internal sealed class CacheLock : IDisposable
{
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    private readonly FileStream _file;

    private CacheLock(FileStream file) => _file = file;

    /// <summary>Blocks the calling thread until the lock is free: its holder fetches or reads the same data set.</summary>
    /// <exception cref="DataUnavailableException">It has been held for an hour: the process that holds it hangs, or has very much to read.</exception>
    public static CacheLock Take(string path, TimeProvider time)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < _patience; Thread.Sleep(_glance))
        {
            if (TryTake(path) is { } taken)
                return taken;
        }

        throw new DataUnavailableException($"Another process has held {path} for {_patience.TotalMinutes:0} minutes; if it hangs, end it.");
    }

    /// <summary>Null if the lock is held.</summary>
    public static CacheLock? TryTake(string path)
    {
        try
        {
            return new CacheLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>True for a sharing violation on Windows or EAGAIN from flock elsewhere, but not for a full or missing disk.</summary>
    private static bool IsHeld(IOException e) =>
        e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        && (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;
}
