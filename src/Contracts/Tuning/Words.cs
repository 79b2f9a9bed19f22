using System.Text.Json;

namespace Siamese.Contracts.Tuning;

/// <summary>The words that people read and write for an enumeration's values: `OneCycle` is `one-cycle`.</summary>
public static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A name in words as a name in JSON: `learning-rate` is `learningRate`.</summary>
    public static string InJson(string name) => JsonNamingPolicy.CamelCase.ConvertName(string.Concat(name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])));

    /// <summary>The words of all values, in the order of the enumeration.</summary>
    public static string[] All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Order().Select(Of)];

    /// <summary>The value that the word stands for.</summary>
    /// <param name="source">What states it, for the message.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="BadInputException">It is not one of the words.</exception>
    public static T Read<T>(string source, string word) where T : struct, Enum =>
        Find<T>(word) ?? throw new BadInputException($"{source}: '{word}' is not one of {string.Join(", ", All<T>())}.");

    /// <summary>The value that the word stands for; null if it stands for none.</summary>
    public static T? Find<T>(string word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
                return value;
        }

        return null;
    }
}
