using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Importances;

/// <summary>The data that forests are grown from: a row for each point.</summary>
/// <param name="Columns">One column for each hyperparameter.</param>
/// <param name="Targets">The result of each row.</param>
internal sealed record ForestTable(ForestColumn[] Columns, double[] Targets);

/// <summary>A hyperparameter as trees see it: each point's value, encoded as a small integer.</summary>
/// <param name="Codes">The code of each point's value; <see cref="None"/> if the hyperparameter does not apply.</param>
/// <param name="Count">Number of distinct codes.</param>
/// <param name="IsOrdered">Whether codes are of numbers, in their order, or of words.</param>
internal sealed record ForestColumn(int[] Codes, int Count, bool IsOrdered)
{
    public const int None = -1;

    /// <summary>Encodes values. Only the order of numbers counts, so their logarithms would give the same result.</summary>
    /// <param name="values">The value of each point; null if the hyperparameter does not apply.</param>
    /// <param name="most">Maximum number of codes for numbers; if there are more numbers, neighbours share a code.</param>
    public static ForestColumn Of(IReadOnlyCollection<HyperparameterValue?> values, int most)
    {
        HyperparameterValue[] different = [.. values.OfType<HyperparameterValue>().Distinct().OrderBy(value => value.Number).ThenBy(value => value.Word, StringComparer.Ordinal)];
        var isOrdered = different.All(value => value.Word is null);
        var count = isOrdered ? Math.Min(different.Length, most) : different.Length;
        var codes = different.Index().ToDictionary(value => value.Item, value => (int)((long)value.Index * count / different.Length));
        return new ForestColumn([.. values.Select(value => value is { } own ? codes[own] : None)], count, isOrdered);
    }
}
