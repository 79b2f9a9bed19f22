namespace Siamese.Contracts.Access;

/// <summary>The caller lacks the right to do this. The message says which right; the client prints only the message and exits with code 2.</summary>
[GenerateSerializer, Alias("siamese.Refused")]
public sealed class RefusedException : Exception
{
    public RefusedException() { }

    public RefusedException(string message) : base(message) { }

    public RefusedException(string message, Exception innerException) : base(message, innerException) { }
}
