using System.Globalization;
using Siamese.Contracts;

namespace Siamese.Client.Words;

/// <summary>Reads numbers that a user writes, in the invariant culture.</summary>
internal static class Numbers
{
    private const NumberStyles WholeStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>Reads a whole number whose range is checked elsewhere, with the request that it becomes a part of.</summary>
    /// <param name="source">Where it is written, such as an option.</param>
    /// <exception cref="BadInputException">It is not a whole number.</exception>
    public static int Whole(string source, string text) => int.TryParse(text, WholeStyle, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new BadInputException($"{source}: '{text}' is not a whole number.");

    /// <summary>Reads a whole number that has a lower bound only.</summary>
    /// <param name="source">Where it is written, such as an option.</param>
    /// <exception cref="BadInputException">It is not a whole number, or too small.</exception>
    public static int Whole(string source, string text, int least) => Whole(source, text, number => number >= least, $"{least} or above");

    /// <summary>Reads a whole number.</summary>
    /// <param name="source">Where it is written, such as an option.</param>
    /// <param name="isValid">Whether a number is in range.</param>
    /// <param name="range">The range in words, such as `from 1 to 10`.</param>
    /// <exception cref="BadInputException">It is not a whole number, or not in range.</exception>
    public static int Whole(string source, string text, Func<int, bool> isValid, string range)
    {
        var number = Whole(source, text);
        return isValid(number) ? number : throw new BadInputException($"{source}: {text} is not {range}.");
    }

    /// <summary>Reads a finite number whose range is checked elsewhere, with the request that it becomes a part of.</summary>
    /// <param name="source">Where it is written, such as an option.</param>
    /// <exception cref="BadInputException">It is not a number.</exception>
    public static double Real(string source, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new BadInputException($"{source}: '{text}' is not a number.");
}
