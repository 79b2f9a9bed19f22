namespace Siamese.Grains.Storage;

/// <summary>A blob is missing or broken; the message names it.</summary>
public sealed class BlobException : Exception
{
    public BlobException() { }

    public BlobException(string message) : base(message) { }

    public BlobException(string message, Exception innerException) : base(message, innerException) { }
}
