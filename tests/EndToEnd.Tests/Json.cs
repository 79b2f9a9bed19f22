using System.Text.Json;

namespace Siamese.EndToEnd.Tests;

/// <summary>Shortcuts for reading JSON documents.</summary>
internal static class Json
{
    public static JsonElement At(this JsonElement element, string name) => element.GetProperty(name);

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static IReadOnlyList<JsonElement> List(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    /// <summary>The names of an object's members, in order.</summary>
    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
