using System.Collections.Immutable;
using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.CommandLine;

/// <summary>
/// Reads lists from the command line, such as `1,2.5,5`, in the invariant culture. System.CommandLine would read
/// `1,2,5` as the number 125.
/// </summary>
internal static class CommaList
{
    private const string Between = "..";
    private const string Logarithmic = "log:";
    private const string Zero = "0,";

    /// <summary>Reads values of a hyperparameter, or a range such as `0.5..5` or `log:1e-4..1e-2`. Only a silo can check names.</summary>
    public static Dimension Dimension(Hyperparameter hyperparameter, string text)
    {
        var dimension = text.Contains(Between, StringComparison.Ordinal) && !hyperparameter.Range.IsWord
            ? new Dimension { Hyperparameter = hyperparameter.Name, Range = Range(hyperparameter, text.Trim()) }
            : new Dimension { Hyperparameter = hyperparameter.Name, Values = Read(OptionNames.Of(hyperparameter), text, item => Value(hyperparameter, item)) };
        OptionNames.Check(dimension.Check);
        return dimension;
    }

    public static ImmutableArray<int> WholeNumbers(string option, string text) => Read(option, text, item => Numbers.Whole(option, item));

    private static NumberRange Range(Hyperparameter hyperparameter, string text)
    {
        var withZero = text.StartsWith(Zero, StringComparison.Ordinal);
        var range = withZero ? text[Zero.Length..].TrimStart() : text;
        var isLog = range.StartsWith(Logarithmic, StringComparison.Ordinal);
        var ends = (isLog ? range[Logarithmic.Length..] : range).Split(Between);
        return ends.Length == 2
            ? new NumberRange(Number(hyperparameter, ends[0]).Number, Number(hyperparameter, ends[1]).Number, isLog) { WithZero = withZero }
            : throw new BadInputException($"{OptionNames.Of(hyperparameter)}: '{text}' is not a range; write 0.5..5, log:1e-4..1e-2 for a log scale, or 0,log:1e-4..1e-2 to try 0 as well.");
    }

    private static HyperparameterValue Value(Hyperparameter hyperparameter, string item) =>
        hyperparameter.Range.IsWord ? item
        : hyperparameter.Range.IsSize && ImageSize.Find(item) is { } size ? size.Value
        : Number(hyperparameter, item);

    private static HyperparameterValue Number(Hyperparameter hyperparameter, string item)
    {
        if (!double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw new BadInputException($"{OptionNames.Of(hyperparameter)}: '{item}' is not a number.");
        return !hyperparameter.Range.IsWhole || (double.IsInteger(number) && Math.Abs(number) <= int.MaxValue)
            ? number
            : throw new BadInputException($"{OptionNames.Of(hyperparameter)}: '{item}' is not a whole number.");
    }

    private static ImmutableArray<T> Read<T>(string option, string text, Func<string, T> read)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new BadInputException($"{option}: the list is empty.");
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Length == 0)
                throw new BadInputException($"{option}: '{text}' contains an empty item.");
            var value = read(item);
            if (values.Contains(value))
                throw new BadInputException($"{option}: {item} is listed twice.");
            values.Add(value);
        }
        return values.DrainToImmutable();
    }
}
