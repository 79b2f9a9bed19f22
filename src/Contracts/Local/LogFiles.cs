namespace Siamese.Contracts.Local;

/// <summary>The logs in the data folder. One that has grown too large becomes `NAME.1`, in place of the one before.</summary>
public static class LogFiles
{
    /// <summary>10 MB; with the one before, a log takes at most about twice that.</summary>
    private const long MostBytes = 10_000_000;

    /// <summary>The path of the local silo's log.</summary>
    public static string OfSilo(string home) => Path.Combine(home, "logs", "silo.log");

    /// <summary>The path of the log with the details of the client's internal errors.</summary>
    public static string OfClient(string home) => Path.Combine(home, "logs", "client.log");

    /// <summary>Makes room in a log that nobody has open. Leaves it as it is if that fails.</summary>
    public static void Rotate(string path) => Replace(path, () => File.Move(path, Previous(path), overwrite: true));

    /// <summary>Makes room in a log that a process appends to and keeps open. Lines that it writes meanwhile may be lost.</summary>
    public static void Empty(string path) => Replace(path, () =>
    {
        File.Copy(path, Previous(path), overwrite: true);
        using var log = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        log.SetLength(0);
    });

    private static void Replace(string path, Action replace)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
                replace();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A log that cannot be replaced must not stop anything.
        }
    }

    private static string Previous(string path) => $"{path}.1";
}
