namespace Siamese.Contracts;

/// <summary>
/// What the user gave cannot be worked with. The message says what was wrong, where, and what to do; the client prints
/// it alone and exits with 2.
/// </summary>
[GenerateSerializer, Alias("siamese.BadInput")]
public sealed class BadInputException : Exception
{
    public BadInputException() { }

    public BadInputException(string message) : base(message) { }

    public BadInputException(string message, Exception innerException) : base(message, innerException) { }
}
