using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;

namespace Siamese.Web.Description;

/// <summary>Names of schemas in the document. A nested type is named with the types around it, because several documents have a `Point`.</summary>
internal static class SchemaNames
{
    public const string Problem = "Problem";

    public const string SearchSpace = "SearchSpace";

    /// <summary>Types of the framework that mean one thing in this API.</summary>
    private static readonly Dictionary<Type, string> _known = new()
    {
        [typeof(ProblemDetails)] = Problem,
        [typeof(JsonElement)] = SearchSpace,
        [typeof(JsonObject)] = "Hyperparameters",
    };

    /// <summary>The name of a type's schema; null if the schema has none and is part of others.</summary>
    public static string? Of(JsonTypeInfo type)
    {
        var described = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (_known.TryGetValue(described, out var known))
            return known;
        // What they are says more than their names would.
        if (described == typeof(ReadOnlyMemory<byte>) || described == typeof(SseItem<string>) || typeof(JsonNode).IsAssignableFrom(described))
            return null;
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        if (name is null)
            return null;
        for (var outer = described.DeclaringType; outer is not null; outer = outer.DeclaringType)
            name = outer.Name + name;
        return name;
    }
}
