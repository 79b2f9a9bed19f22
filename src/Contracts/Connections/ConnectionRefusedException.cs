namespace Siamese.Contracts.Connections;

/// <summary>One side of a connection refuses the other. The message is the reason, as part of a sentence, and both sides may read it.</summary>
public sealed class ConnectionRefusedException : Exception
{
    public ConnectionRefusedException() { }

    public ConnectionRefusedException(string message) : base(message) { }

    public ConnectionRefusedException(string message, Exception innerException) : base(message, innerException) { }
}
