namespace Siamese.Client.Outcomes;

/// <summary>No cluster answers. The message says which one was asked and what to do; the client exits with 3.</summary>
internal sealed class NoClusterException : Exception
{
    public NoClusterException() { }

    public NoClusterException(string message) : base(message) { }

    public NoClusterException(string message, Exception innerException) : base(message, innerException) { }
}
