using System.Collections.Immutable;
using System.Text.Json;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>
/// A search space as JSON: for each hyperparameter a value, a list of values, or an object. The object has `values`, or `low`
/// and `high` and optionally `log` and `zero`; it may also have `when`. The schema is search-space.schema.json.
/// </summary>
public static class SpaceDocument
{
    private const string Values = "values";
    private const string Low = "low";
    private const string High = "high";
    private const string Log = "log";
    private const string Zero = "zero";
    private const string When = "when";
    private const string Schema = "$schema";

    /// <exception cref="BadInputException">It is not a search space; the message says where and why.</exception>
    public static SearchSpace Read(JsonElement root)
    {
        try
        {
            return ReadAll(root);
        }
        // Text may be half of a surrogate pair.
        catch (InvalidOperationException e)
        {
            throw new BadInputException($"The search space has text that cannot be read: {e.Message}", e);
        }
    }

    private static SearchSpace ReadAll(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw Wrong("the search space", "is not an object with hyperparameters as keys");
        var dimensions = ImmutableArray.CreateBuilder<Dimension>();
        foreach (var property in root.EnumerateObject().Where(property => property.Name != Schema))
        {
            var hyperparameter = Find(property.Name);
            if (dimensions.Any(dimension => dimension.Hyperparameter == hyperparameter.Name))
                throw Wrong(property.Name, "is stated twice");
            dimensions.Add(Dimension(hyperparameter, property.Value));
        }

        var space = new SearchSpace { Dimensions = dimensions.DrainToImmutable() };
        space.Check();
        return space;
    }

    private static Dimension Dimension(Hyperparameter hyperparameter, JsonElement json)
    {
        var key = hyperparameter.JsonName;
        if (json.ValueKind is not JsonValueKind.Object)
            return new Dimension { Hyperparameter = hyperparameter.Name, Values = List(key, json) };
        foreach (var part in json.EnumerateObject().Where(part => part.Name is not (Values or Low or High or Log or Zero or When)))
            throw Wrong($"{key}.{part.Name}", $"is not one of {Values}, {Low}, {High}, {Log}, {Zero}, {When}");
        var hasValues = json.TryGetProperty(Values, out var values);
        var hasRange = json.TryGetProperty(Low, out var low) | json.TryGetProperty(High, out var high);
        if (hasValues == hasRange)
            throw Wrong(key, $"needs either {Values}, or {Low} and {High}");
        return new Dimension
        {
            Hyperparameter = hyperparameter.Name,
            Values = hasValues ? List($"{key}.{Values}", values) : [],
            Range = hasRange ? new NumberRange(Number($"{key}.{Low}", low), Number($"{key}.{High}", high), Is(Log, key, json)) { WithZero = Is(Zero, key, json) } : null,
            When = json.TryGetProperty(When, out var when) ? Conditions($"{key}.{When}", when) : [],
        };
    }

    private static bool Is(string what, string key, JsonElement json)
    {
        if (!json.TryGetProperty(what, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong($"{key}.{what}", "is neither true nor false");
    }

    private static ImmutableArray<Condition> Conditions(string key, JsonElement json) => json.ValueKind is JsonValueKind.Object
        ? [.. json.EnumerateObject().Select(other => new Condition { Hyperparameter = Find(other.Name).Name, Values = List($"{key}.{other.Name}", other.Value) })]
        : throw Wrong(key, "is not an object with the hyperparameters it depends on");

    private static ImmutableArray<HyperparameterValue> List(string key, JsonElement json) =>
        json.ValueKind is JsonValueKind.Array ? [.. json.EnumerateArray().Select(item => Value(key, item))] : [Value(key, json)];

    private static HyperparameterValue Value(string key, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => Words.Of(Switch.On),
        JsonValueKind.False => Words.Of(Switch.Off),
        _ => throw Wrong(key, $"contains {json.GetRawText()}, which is neither a number nor a word"),
    };

    private static double Number(string key, JsonElement json) =>
        json.ValueKind is JsonValueKind.Number ? json.GetDouble() : throw Wrong(key, "is missing or not a number");

    private static Hyperparameter Find(string name) => Hyperparameter.All.FirstOrDefault(h => h.JsonName == name)
        ?? throw Wrong(name, $"is not a hyperparameter; choose from {string.Join(", ", Hyperparameter.All.Select(h => h.JsonName))}");

    private static BadInputException Wrong(string where, string what) => new($"{where} {what}.");
}
