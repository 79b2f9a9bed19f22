namespace Siamese.Contracts.Ensembles;

/// <summary>
/// Too few members of an ensemble can be loaded for a verdict. The message says which are missing and why; a later call may
/// find them again. The client prints only the message and exits with code 1.
/// </summary>
[GenerateSerializer, Alias("siamese.NoQuorum")]
public sealed class NoQuorumException : Exception
{
    public NoQuorumException() { }

    public NoQuorumException(string message) : base(message) { }

    public NoQuorumException(string message, Exception innerException) : base(message, innerException) { }
}
