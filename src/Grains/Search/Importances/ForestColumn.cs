using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search.Importances;

/// <summary>A hyperparameter as trees see it: each point's value as a small whole number.</summary>
/// <param name="Codes">For each point, which of the values it has; <see cref="None"/> where the hyperparameter does not apply.</param>
/// <param name="Count">Number of different codes.</param>
/// <param name="IsOrdered">Whether they are of numbers, a larger one having no smaller code, or of words.</param>
internal sealed record ForestColumn(int[] Codes, int Count, bool IsOrdered)
{
    public const int None = -1;

    /// <summary>Of numbers only the order counts, so that their logarithms would give the same.</summary>
    /// <param name="values">Of each point; null where the hyperparameter does not apply.</param>
    /// <param name="most">Where there are more different numbers, neighbours share a code.</param>
    public static ForestColumn Of(IReadOnlyCollection<HyperparameterValue?> values, int most)
    {
        HyperparameterValue[] different = [.. values.OfType<HyperparameterValue>().Distinct().OrderBy(value => value.Number).ThenBy(value => value.Word, StringComparer.Ordinal)];
        var isOrdered = different.All(value => value.Word is null);
        var count = isOrdered ? Math.Min(different.Length, most) : different.Length;
        var codes = different.Index().ToDictionary(value => value.Item, value => (int)((long)value.Index * count / different.Length));
        return new ForestColumn([.. values.Select(value => value is { } own ? codes[own] : None)], count, isOrdered);
    }
}
