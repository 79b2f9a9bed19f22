namespace Siamese.Grains.Storage;

/// <summary>There is no space to store something; none of it was stored. The message says where and what to do.</summary>
public sealed class DiskFullException : IOException
{
    private const int NoSpace = 28; // ENOSPC
    private const int NoQuota = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public DiskFullException() { }

    public DiskFullException(string message) : base(message) { }

    public DiskFullException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>For a file that does not fit.</summary>
    public static DiskFullException For(string path, Exception because) =>
        new($"The disk is full: there is no space for {path}. Free some space there; everything stored before is intact.", because);

    /// <summary>Whether the system reports a full disk.</summary>
    public static bool Is(IOException e) => e.HResult is NoSpace or NoQuota or WindowsDiskFull;
}
