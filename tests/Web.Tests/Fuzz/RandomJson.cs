using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Siamese.Web.Tests.Fuzz;

/// <summary>Invents JSON that is nearly what a schema describes.</summary>
internal sealed class RandomJson(Random random)
{
    private const int Deepest = 6;

    private static readonly string[] _odd = ["", " ", "\0", "a/b", "..", "%00", "é\u202Ex", new('x', 3000), "-1", "1e999", "NaN", "trained", "mnist-mini", "same", "completed", "AA==", "!!", "2026-11-30T00:00:00Z"];

    /// <summary>A value for a schema; about one in eight parts of it is something else.</summary>
    public JsonNode? Of(IOpenApiSchema? schema, int depth = 0)
    {
        if (schema is null || depth > Deepest || random.Next(8) == 0)
            return Odd(depth);
        if (schema.OneOf is { Count: > 0 } choices)
            return Of(choices[random.Next(choices.Count)], depth);
        var types = schema.Type ?? JsonSchemaType.Object;
        if (types.HasFlag(JsonSchemaType.Object))
            return OfObject(schema, depth);
        if (types.HasFlag(JsonSchemaType.Array))
            return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Of(schema.Items, depth + 1))]);
        if (types.HasFlag(JsonSchemaType.String))
            return random.Next(2) == 0 ? "trained" : Text();
        if (types.HasFlag(JsonSchemaType.Boolean))
            return random.Next(2) == 0;
        return random.Next(3) switch { 0 => random.Next(-2, 5), 1 => random.NextDouble(), _ => random.NextInt64() };
    }

    /// <summary>A short text, or an odd one.</summary>
    public string Text() => random.Next(3) == 0 ? $"t{random.Next(100)}" : _odd[random.Next(_odd.Length)];

    private JsonObject OfObject(IOpenApiSchema schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema.Required?.Contains(name) == true ? random.Next(10) > 0 : random.Next(3) == 0)
                made[name] = Of(property, depth + 1);
        }

        if (random.Next(12) == 0)
            made[$"x{random.Next(9)}"] = Odd(depth);
        return made;
    }

    private JsonNode? Odd(int depth) => random.Next(8) switch
    {
        0 => null,
        1 => random.NextInt64(),
        2 => -random.NextDouble() * 1e300,
        3 => true,
        4 when depth <= Deepest => new JsonArray([Odd(depth + 1), Odd(depth + 1)]),
        5 when depth <= Deepest => new JsonObject { ["data"] = Odd(depth + 1), ["name"] = Text() },
        _ => Text(),
    };
}
