using System.Globalization;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Listing;

/// <summary>A trial's place in an order.</summary>
/// <param name="Value">Its value; null if it has none.</param>
/// <param name="Trial">Its id, as a number: in the order of ids.</param>
public readonly record struct TrialPlace(HyperparameterValue? Value, UInt128 Trial)
{
    private const int Digits = 32;

    /// <summary>A trial's id as a number; null if it is not 32 hexadecimal digits.</summary>
    public static UInt128? NumberOf(string id) =>
        id.Length == Digits && !id.Any(char.IsAsciiLetterUpper) && UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A trial's id from its number.</summary>
    public static string IdOf(UInt128 number) => number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The first and the last number of ids that begin with a text; null if none can.</summary>
    public static (UInt128 First, UInt128 Last)? RangeOf(string start) =>
        start.Length <= Digits && NumberOf(start.PadRight(Digits, '0')) is { } first && NumberOf(start.PadRight(Digits, 'f')) is { } last ? (first, last) : null;
}
