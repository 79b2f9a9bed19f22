using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts;

namespace Siamese.Client.CommandLine;

/// <summary>
/// Reads the lists of the command line, as `1,2.5,5`, whatever the machine's culture. System.CommandLine would read
/// `1,2,5` as the one number 125.
/// </summary>
internal static class CommaList
{
    /// <summary>Finite numbers.</summary>
    /// <param name="isValid">The range.</param>
    /// <param name="range">The range in words, as `above 0`.</param>
    public static ImmutableArray<double> Numbers(string option, string text, Func<double, bool> isValid, string range) =>
        Read(option, text, item => Number(option, item, isValid, range));

    /// <summary>Whole numbers.</summary>
    /// <inheritdoc cref="Numbers"/>
    public static ImmutableArray<int> WholeNumbers(string option, string text, Func<int, bool> isValid, string range) =>
        Read(option, text, item => WholeNumber(option, item, isValid, range));

    /// <summary>Names, which only a silo can tell right from wrong.</summary>
    public static ImmutableArray<string> Names(string option, string text) => Read(option, text, item => item);

    /// <summary>Words out of a fixed set.</summary>
    public static ImmutableArray<T> Words<T>(string option, string text) where T : struct, Enum =>
        Read(option, text, item => Word.Read<T>(option, item));

    /// <summary>One whole number.</summary>
    public static int WholeNumber(string option, string text, Func<int, bool> isValid, string range)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            throw new BadInputException($"{option}: '{text}' is not a whole number.");
        return isValid(number) ? number : throw new BadInputException($"{option}: {text} is not {range}.");
    }

    private static double Number(string option, string text, Func<double, bool> isValid, string range)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw new BadInputException($"{option}: '{text}' is not a number.");
        return isValid(number) ? number : throw new BadInputException($"{option}: {text} is not {range}.");
    }

    private static ImmutableArray<T> Read<T>(string option, string text, Func<string, T> read)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new BadInputException($"{option}: the list is empty.");
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Length == 0)
                throw new BadInputException($"{option}: '{text}' holds an empty item.");
            var value = read(item);
            if (values.Contains(value))
                throw new BadInputException($"{option}: {item} is listed twice.");
            values.Add(value);
        }
        return values.DrainToImmutable();
    }
}
