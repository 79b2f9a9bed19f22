namespace Siamese.EndToEnd.Tests.Collectors;

/// <summary>A span, with the attributes of the process that it comes from.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, Attributes Attributes, string[] Events, Attributes Resource);

/// <summary>A line of a log. Trace and span are empty if it belongs to none.</summary>
internal sealed record LogLine(string Trace, string Span, string Body, Attributes Attributes, Attributes Resource);

/// <summary>A metric with the labels of each of its series.</summary>
internal sealed record Metric(string Name, Attributes[] Series, Attributes Resource);

/// <summary>Attributes by their names, as text.</summary>
internal sealed class Attributes(IEnumerable<ProtoMessage> pairs) : Dictionary<string, string>(pairs.Select(pair => KeyValuePair.Create(pair.Text(1), Value(pair.One(2)))))
{
    private static string Value(ProtoMessage value) => value.Has(1) ? value.Text(1) : value.Has(2) ? value.Number(2) > 0 ? "true" : "false" : $"{value.Number(3)}";
}
