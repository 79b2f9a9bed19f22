namespace Siamese.Grains.Data;

/// <summary>This silo cannot have a data set that others may: no room, or a broken copy. The message says where and what to do.</summary>
public sealed class DataUnavailableException : Exception
{
    public DataUnavailableException() { }

    public DataUnavailableException(string message) : base(message) { }

    public DataUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
