namespace Siamese.Grains.Storage;

/// <summary>There is no space for what was to be stored; nothing of it was. The message says where and what to do.</summary>
public sealed class DiskFullException : IOException
{
    private const int NoSpace = 28; // ENOSPC
    private const int NoQuota = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public DiskFullException() { }

    public DiskFullException(string message) : base(message) { }

    public DiskFullException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>For a file for which there is no space.</summary>
    public static DiskFullException For(string path, Exception because) =>
        new($"The disk is full: there is no space for {path}. Make some there; what was stored before is whole.", because);

    /// <summary>Whether the system says so.</summary>
    public static bool Is(IOException e) => e.HResult is NoSpace or NoQuota or WindowsDiskFull;
}
