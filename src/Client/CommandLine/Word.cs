using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.CommandLine;

/// <summary>The command line's words for the values of an enumeration.</summary>
internal static class Word
{
    public static string Of<T>(T value) where T : struct, Enum => Words.Of(value);

    /// <exception cref="BadInputException">It is not one of the words.</exception>
    public static T Read<T>(string option, string text) where T : struct, Enum =>
        Words.Find<T>(text) ?? throw new BadInputException($"{option}: '{text}' is not one of {string.Join(", ", Words.All<T>())}.");
}
