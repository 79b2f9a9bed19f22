namespace Siamese.Contracts;

/// <summary>
/// The user's input is invalid. The message says what is wrong, where, and what to do; the client prints only the message
/// and exits with code 2.
/// </summary>
[GenerateSerializer, Alias("siamese.BadInput")]
public sealed class BadInputException : Exception
{
    public BadInputException() { }

    public BadInputException(string message) : base(message) { }

    public BadInputException(string message, Exception innerException) : base(message, innerException) { }

    /// <param name="condition">What must hold.</param>
    /// <param name="message">It is formatted in the invariant culture.</param>
    /// <exception cref="BadInputException">The condition is not met.</exception>
    public static void ThrowUnless(bool condition, FormattableString message)
    {
        if (!condition)
            throw new BadInputException(FormattableString.Invariant(message));
    }
}
