using Siamese.Contracts;

namespace Siamese.Client.CommandLine;

/// <summary>The words of the command line that stand for an enumeration's values: `Pairing.Batch` is `batch`.</summary>
internal static class Word
{
    public static string Of<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <exception cref="BadInputException">It is none of the words.</exception>
    public static T Read<T>(string option, string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == text)
                return value;
        }
        throw new BadInputException($"{option}: '{text}' is none of {All<T>()}.");
    }

    public static string All<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));
}
