using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>The words of the command line that stand for an enumeration's values.</summary>
internal static class Word
{
    public static string Of<T>(T value) where T : struct, Enum => Words.Of(value);

    /// <exception cref="BadInputException">It is none of the words.</exception>
    public static T Read<T>(string option, string text) where T : struct, Enum =>
        Words.Find<T>(text) ?? throw new BadInputException($"{option}: '{text}' is none of {string.Join(", ", Words.All<T>())}.");
}
