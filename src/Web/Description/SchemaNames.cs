using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Siamese.Web.Description;

/// <summary>Names of schemas in the document. A nested type is named with the types around it, because several documents have a `Point`.</summary>
internal static class SchemaNames
{
    /// <summary>The name of a type's schema; null if the schema has none and is part of others.</summary>
    public static string? Of(JsonTypeInfo type)
    {
        // What they are says more than their names would.
        if (type.Type == typeof(ReadOnlyMemory<byte>) || type.Type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type.Type))
            return null;
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        if (name is null)
            return null;
        for (var outer = (Nullable.GetUnderlyingType(type.Type) ?? type.Type).DeclaringType; outer is not null; outer = outer.DeclaringType)
            name = outer.Name + name;
        return name;
    }
}
