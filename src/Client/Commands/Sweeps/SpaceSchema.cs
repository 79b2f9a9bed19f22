using System.Text.Json.Nodes;
using Siamese.Client.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>The schema of a search space file (JSON Schema, draft 2020-12), generated from the list of hyperparameters.</summary>
internal static class SpaceSchema
{
    public static JsonObject Make() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Search space of Siamese",
        ["description"] = "Values to try for each hyperparameter, for `client sweep --space FILE`.",
        ["type"] = "object",
        ["properties"] = new JsonObject(
        [
            KeyValuePair.Create<string, JsonNode?>("$schema", new JsonObject { ["type"] = "string" }),
            .. Hyperparameter.All.Select(h => KeyValuePair.Create<string, JsonNode?>(h.JsonName, Of(h))),
        ]),
        ["additionalProperties"] = false,
        ["$defs"] = new JsonObject { ["when"] = When() },
    };

    private static JsonObject Of(Hyperparameter hyperparameter)
    {
        JsonNode[] forms = hyperparameter.Range.IsWord
            ? [Value(hyperparameter), List(hyperparameter), Listed(hyperparameter)]
            : [Value(hyperparameter), List(hyperparameter), Listed(hyperparameter), Ranged(hyperparameter)];
        return new JsonObject { ["description"] = KnownNames.Describe(hyperparameter), ["oneOf"] = new JsonArray(forms) };
    }

    private static JsonObject Value(Hyperparameter hyperparameter)
    {
        var range = hyperparameter.Range;
        if (range.IsWord)
        {
            var words = new JsonObject { ["type"] = "string" };
            if (!range.Words.IsEmpty)
                words["enum"] = new JsonArray([.. range.Words.Select(word => (JsonNode)word)]);
            // A switch may be true or false too.
            return range.Words.SequenceEqual(Word.All<Switch>()) ? new JsonObject { ["enum"] = new JsonArray("off", "on", false, true) } : words;
        }

        var number = Number(range);
        return range.IsSize ? new JsonObject { ["oneOf"] = new JsonArray(number, new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+x[0-9]+$" }) } : number;
    }

    private static JsonObject Number(ValueRange range)
    {
        var number = new JsonObject { ["type"] = range.IsWhole ? "integer" : "number", [range.IsLowExcluded ? "exclusiveMinimum" : "minimum"] = range.Low };
        if (double.IsFinite(range.High))
            number["maximum"] = range.High;
        return number;
    }

    private static JsonObject List(Hyperparameter hyperparameter) =>
        new() { ["type"] = "array", ["items"] = Value(hyperparameter), ["minItems"] = 1, ["uniqueItems"] = true };

    private static JsonObject Listed(Hyperparameter hyperparameter) =>
        Form(new JsonObject { ["values"] = List(hyperparameter), ["when"] = Reference() }, "values");

    private static JsonObject Ranged(Hyperparameter hyperparameter) => Form(
        new JsonObject
        {
            ["low"] = Number(hyperparameter.Range),
            ["high"] = Number(hyperparameter.Range),
            ["log"] = new JsonObject { ["type"] = "boolean" },
            ["zero"] = new JsonObject { ["type"] = "boolean" },
            ["when"] = Reference(),
        },
        "low", "high");

    private static JsonObject Form(JsonObject properties, params string[] required) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Reference() => new() { ["$ref"] = "#/$defs/when" };

    /// <summary>Conditions: one or several values of each other hyperparameter.</summary>
    private static JsonObject When() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. Hyperparameter.All.Select(h => (JsonNode)h.JsonName)]) },
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "array") },
    };
}
