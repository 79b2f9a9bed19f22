using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Wording;

/// <summary>
/// Reads the values of a hyperparameter as people write them: a list such as `1,2,5`, or a range such as `0.5..5` or
/// `log:1e-4..1e-2`. Only a silo can check names.
/// </summary>
public static class DimensionText
{
    private const string Between = "..";
    private const string Logarithmic = "log:";
    private const string Zero = "0,";

    /// <exception cref="BadInputException">It cannot be read, or a value is not allowed. The message names the hyperparameter in quotes.</exception>
    public static Dimension Read(Hyperparameter hyperparameter, string text)
    {
        var dimension = text.Contains(Between, StringComparison.Ordinal) && !hyperparameter.Range.IsWord
            ? new Dimension { Hyperparameter = hyperparameter.Name, Range = Range(hyperparameter, text.Trim()) }
            : new Dimension { Hyperparameter = hyperparameter.Name, Values = List($"'{hyperparameter.Name}'", text, item => Value(hyperparameter, item)) };
        dimension.Check();
        return dimension;
    }

    /// <summary>Reads a list whose items are separated by commas.</summary>
    /// <param name="source">What states it, for messages.</param>
    /// <param name="text">The list.</param>
    /// <param name="read">Reads an item.</param>
    /// <exception cref="BadInputException">It is empty, or has an empty item or one that is listed twice.</exception>
    public static ImmutableArray<T> List<T>(string source, string text, Func<string, T> read)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new BadInputException($"{source}: the list is empty.");
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Length == 0)
                throw new BadInputException($"{source}: '{text}' contains an empty item.");
            var value = read(item);
            if (values.Contains(value))
                throw new BadInputException($"{source}: {item} is listed twice.");
            values.Add(value);
        }

        return values.DrainToImmutable();
    }

    private static NumberRange Range(Hyperparameter hyperparameter, string text)
    {
        var withZero = text.StartsWith(Zero, StringComparison.Ordinal);
        var range = withZero ? text[Zero.Length..].TrimStart() : text;
        var isLog = range.StartsWith(Logarithmic, StringComparison.Ordinal);
        var ends = (isLog ? range[Logarithmic.Length..] : range).Split(Between);
        return ends.Length == 2
            ? new NumberRange(Number(hyperparameter, ends[0]).Number, Number(hyperparameter, ends[1]).Number, isLog) { WithZero = withZero }
            : throw new BadInputException($"'{hyperparameter.Name}': '{text}' is not a range; write 0.5..5, log:1e-4..1e-2 for a log scale, or 0,log:1e-4..1e-2 to try 0 as well.");
    }

    private static HyperparameterValue Value(Hyperparameter hyperparameter, string item) =>
        hyperparameter.Range.IsWord ? item
        : hyperparameter.Range.IsSize && ImageSize.Find(item) is { } size ? size.Value
        : Number(hyperparameter, item);

    private static HyperparameterValue Number(Hyperparameter hyperparameter, string item)
    {
        if (!double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw new BadInputException($"'{hyperparameter.Name}': '{item}' is not a number.");
        return !hyperparameter.Range.IsWhole || (double.IsInteger(number) && Math.Abs(number) <= int.MaxValue)
            ? number
            : throw new BadInputException($"'{hyperparameter.Name}': '{item}' is not a whole number.");
    }
}
