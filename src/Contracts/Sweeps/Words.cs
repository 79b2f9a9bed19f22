using System.Text.Json;

namespace Siamese.Contracts.Sweeps;

/// <summary>The words that stand for an enumeration's values wherever people read or write them: `OneCycle` is `one-cycle`.</summary>
public static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Of every value, in the order of the enumeration.</summary>
    public static string[] All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The value that the word stands for; null where it stands for none.</summary>
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
