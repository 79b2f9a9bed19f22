namespace Siamese.Contracts;

/// <summary>
/// The cluster's store cannot be reached or is full; nothing of the call was stored. The message says which store and why. Trying
/// again may help; a client that gives up exits with code 3.
/// </summary>
[GenerateSerializer, Alias("siamese.StoreUnavailable")]
public sealed class StoreUnavailableException : Exception
{
    private const int NoSpace = 28; // ENOSPC
    private const int NoQuota = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public StoreUnavailableException() { }

    public StoreUnavailableException(string message) : base(message) { }

    /// <param name="message">What the user sees.</param>
    /// <param name="innerException">Of a type that every client knows: it is sent with this one.</param>
    public StoreUnavailableException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>For a file that does not fit.</summary>
    public static StoreUnavailableException Full(string path) =>
        new($"The disk is full: there is no space for {path}. Free some space there; everything stored before is intact.");

    /// <summary>Whether the system reports a full disk.</summary>
    public static bool IsFull(IOException e) => e.HResult is NoSpace or NoQuota or WindowsDiskFull;
}
