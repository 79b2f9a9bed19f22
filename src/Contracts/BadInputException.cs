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

    /// <summary>What kind of fault it is.</summary>
    [Id(0)] public InputFault Fault { get; init; }

    /// <summary>The input names something that does not exist.</summary>
    public static BadInputException Missing(string message) => new(message) { Fault = InputFault.Missing };

    /// <summary>The input is valid, but not in the current state of what it is about: something exists already, or has not ended.</summary>
    public static BadInputException Conflict(string message) => new(message) { Fault = InputFault.Conflict };

    /// <param name="condition">What must hold.</param>
    /// <param name="message">It is formatted in the invariant culture.</param>
    /// <exception cref="BadInputException">The condition is not met.</exception>
    public static void ThrowUnless(bool condition, FormattableString message)
    {
        if (!condition)
            throw new BadInputException(FormattableString.Invariant(message));
    }
}

/// <summary>What is wrong with an input.</summary>
public enum InputFault
{
    /// <summary>It is not valid by itself.</summary>
    Invalid,

    /// <summary>It names something that does not exist.</summary>
    Missing,

    /// <summary>It does not fit the current state of what it is about.</summary>
    Conflict,
}
