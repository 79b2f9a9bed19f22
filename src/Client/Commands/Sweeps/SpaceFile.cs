using System.Collections.Immutable;
using System.Text.Json;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>
/// Reads a search space from a JSON file: for each hyperparameter a value, a list of values, or an object. The object has
/// `values`, or `low` and `high` and optionally `log` and `zero`; it may also have `when`. The schema is search-space.schema.json.
/// </summary>
internal static class SpaceFile
{
    private const string Values = "values";
    private const string Low = "low";
    private const string High = "high";
    private const string Log = "log";
    private const string Zero = "zero";
    private const string When = "when";
    private const string Schema = "$schema";
    private const int MaximumBytes = 10_000_000;

    /// <summary>The search space used by default: what tends to matter for glyphs, in ranges that tend to be good.</summary>
    public static string Default { get; } = Path.Combine(AppContext.BaseDirectory, "search-space.default.json");

    /// <exception cref="BadInputException">The file does not exist, or is not a search space; the message says where and why.</exception>
    public static SearchSpace Read(string path)
    {
        try
        {
            var bytes = RegularFile.Read(path, MaximumBytes) ?? throw new BadInputException($"--space: {path} has more than {MaximumBytes / 1_000_000} MB; name a search space.");
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(path, document.RootElement);
        }
        // A name or a word may be half of a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadInputException($"--space: {path} is not valid JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--space: {path} cannot be read: {e.Message}");
        }
    }

    private static SearchSpace Read(string path, JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw Wrong(path, "the file", "is not an object with hyperparameters as keys");
        var dimensions = ImmutableArray.CreateBuilder<Dimension>();
        foreach (var property in root.EnumerateObject().Where(property => property.Name != Schema))
        {
            var hyperparameter = Find(path, property.Name);
            if (dimensions.Any(dimension => dimension.Hyperparameter == hyperparameter.Name))
                throw Wrong(path, property.Name, "is stated twice");
            dimensions.Add(Dimension(path, hyperparameter, property.Value));
        }

        var space = new SearchSpace { Dimensions = dimensions.DrainToImmutable() };
        OptionNames.Check(space.Check, $"--space: {path}: ");
        return space;
    }

    private static Dimension Dimension(string path, Hyperparameter hyperparameter, JsonElement json)
    {
        var key = hyperparameter.JsonName;
        if (json.ValueKind is not JsonValueKind.Object)
            return new Dimension { Hyperparameter = hyperparameter.Name, Values = List(path, key, json) };
        foreach (var part in json.EnumerateObject().Where(part => part.Name is not (Values or Low or High or Log or Zero or When)))
            throw Wrong(path, $"{key}.{part.Name}", $"is not one of {Values}, {Low}, {High}, {Log}, {Zero}, {When}");
        var hasValues = json.TryGetProperty(Values, out var values);
        var hasRange = json.TryGetProperty(Low, out var low) | json.TryGetProperty(High, out var high);
        if (hasValues == hasRange)
            throw Wrong(path, key, $"needs either {Values}, or {Low} and {High}");
        return new Dimension
        {
            Hyperparameter = hyperparameter.Name,
            Values = hasValues ? List(path, $"{key}.{Values}", values) : [],
            Range = hasRange ? new NumberRange(Number(path, $"{key}.{Low}", low), Number(path, $"{key}.{High}", high), Is(Log, path, key, json)) { WithZero = Is(Zero, path, key, json) } : null,
            When = json.TryGetProperty(When, out var when) ? Conditions(path, $"{key}.{When}", when) : [],
        };
    }

    private static bool Is(string what, string path, string key, JsonElement json)
    {
        if (!json.TryGetProperty(what, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(path, $"{key}.{what}", "is neither true nor false");
    }

    private static ImmutableArray<Condition> Conditions(string path, string key, JsonElement json) => json.ValueKind is JsonValueKind.Object
        ? [.. json.EnumerateObject().Select(other => new Condition { Hyperparameter = Find(path, other.Name).Name, Values = List(path, $"{key}.{other.Name}", other.Value) })]
        : throw Wrong(path, key, "is not an object with the hyperparameters it depends on");

    private static ImmutableArray<HyperparameterValue> List(string path, string key, JsonElement json) =>
        json.ValueKind is JsonValueKind.Array ? [.. json.EnumerateArray().Select(item => Value(path, key, item))] : [Value(path, key, json)];

    private static HyperparameterValue Value(string path, string key, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => Word.Of(Switch.On),
        JsonValueKind.False => Word.Of(Switch.Off),
        _ => throw Wrong(path, key, $"contains {json.GetRawText()}, which is neither a number nor a word"),
    };

    private static double Number(string path, string key, JsonElement json) =>
        json.ValueKind is JsonValueKind.Number ? json.GetDouble() : throw Wrong(path, key, "is missing or not a number");

    private static Hyperparameter Find(string path, string name) => Hyperparameter.All.FirstOrDefault(h => h.JsonName == name)
        ?? throw Wrong(path, name, $"is not a hyperparameter; choose from {string.Join(", ", Hyperparameter.All.Select(h => h.JsonName))}");

    private static BadInputException Wrong(string path, string where, string what) => new($"--space: {path}: {where} {what}.");
}
