namespace Siamese.Grains.Data;

/// <summary>
/// This silo cannot have a data set that was uploaded: no room in its cache, or a piece that is missing or broken in the
/// store. The message names the folder or the piece and what to do. Another silo may well have the data: the trial goes there.
/// </summary>
public sealed class DataUnavailableException : Exception
{
    public DataUnavailableException() { }

    public DataUnavailableException(string message) : base(message) { }

    public DataUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
