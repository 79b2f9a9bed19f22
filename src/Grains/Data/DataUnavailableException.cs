namespace Siamese.Grains.Data;

/// <summary>
/// This silo cannot get an uploaded data set: its cache has no room, or a piece is missing or broken in the store. The
/// message names the folder or the piece and says what to do. Another silo may have the data, so the trial moves there.
/// </summary>
public sealed class DataUnavailableException : Exception
{
    public DataUnavailableException() { }

    public DataUnavailableException(string message) : base(message) { }

    public DataUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
