using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Checks that a generated type has a property for everything that was answered.</summary>
internal static class Carried
{
    /// <summary>Rows of numbers: the generator has no type for lists of lists, but keeps their values.</summary>
    private const string Untyped = "EmbeddedDocumentByMember.Rows";

    /// <summary>Compares what was read into generated types with the document that was answered.</summary>
    /// <param name="read">What the client returned.</param>
    /// <param name="document">The document in JSON.</param>
    public static async Task Check(IParsable read, string document)
    {
        Assert.Equal([], Losses(read));
        using var writer = new JsonSerializationWriterFactory().GetSerializationWriter("application/json");
        writer.WriteObjectValue(null, read);
        await using var written = writer.GetSerializedContent();
        Assert.Equal(Plain(JsonNode.Parse(document)), Plain(await JsonNode.ParseAsync(written)));
    }

    /// <summary>What no property was generated for, or one without a type.</summary>
    private static IEnumerable<string> Losses(object? read)
    {
        if (read is IEnumerable list and not string)
            return list.Cast<object?>().SelectMany(Losses);
        if (read is not IParsable)
            return [];
        var type = read.GetType();
        var others = read is IAdditionalDataHolder holder ? holder.AdditionalData.Keys.Select(name => $"{type.Name} has no {name}") : [];
        var properties = type.GetProperties().Where(property => property.Name != nameof(IAdditionalDataHolder.AdditionalData)).ToArray();
        var untyped = properties.Where(property => property.GetValue(read) is UntypedNode && $"{type.Name}.{property.Name}" != Untyped).Select(property => $"{type.Name}.{property.Name} has no type");
        return [.. others, .. untyped, .. properties.Where(property => property.GetValue(read) is not UntypedNode).SelectMany(property => Losses(property.GetValue(read)))];
    }

    /// <summary>JSON in which properties are in order, those that are null are left out, and equal numbers and times look the same.</summary>
    private static string Plain(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject properties => $"{{{string.Join(",", properties.Where(property => property.Value is not null).OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"\n{property.Key}:{Plain(property.Value)}"))}}}",
        JsonArray items => $"[{string.Join(",", items.Select(Plain))}]",
        JsonValue value when value.TryGetValue<double>(out var number) => number.ToString("R", CultureInfo.InvariantCulture),
        JsonValue value when value.TryGetValue<DateTimeOffset>(out var time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };
}
