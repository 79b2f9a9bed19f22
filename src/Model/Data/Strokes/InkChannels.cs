using System.Xml;

namespace Siamese.Model.Data.Strokes;

/// <summary>What the values of an InkML point are.</summary>
/// <param name="Count">Number of channels.</param>
/// <param name="Regular">Number of channels that every point has; the rest are intermittent and come last.</param>
/// <param name="X">Index of the channel X.</param>
/// <param name="Y">Index of the channel Y.</param>
/// <param name="Time">Index of the channel T; -1 if there is none.</param>
/// <param name="Force">Index of the channel F; -1 if there is none.</param>
internal sealed record InkChannels(int Count, int Regular, int X, int Y, int Time, int Force)
{
    /// <summary>The Recommendation has no limit; pens report about ten.</summary>
    public const int Maximum = 64;

    public static InkChannels Default { get; } = new(2, 2, 0, 1, -1, -1);

    /// <summary>Reads the current traceFormat; null if it names no channels.</summary>
    public static InkChannels? Read(StrokeFile file, XmlReader xml)
    {
        var place = InkMlReader.LineOf(xml);
        List<string> regular = [], intermittent = [];
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (InkMlReader.Next(file, xml) && xml.Depth > depth)
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "channel" })
                    (xml.Depth > depth + 1 ? intermittent : regular).Add(xml.GetAttribute("name") ?? "");
            }
        }

        List<string> names = [.. regular, .. intermittent];
        if (names.Count == 0)
            return null;
        if (names.Count > Maximum)
            throw file.Bad(place, FormattableString.Invariant($"the traceFormat has {names.Count} channels. At most {Maximum} are read. Export X, Y, T and F only."));
        var channels = new InkChannels(names.Count, regular.Count, Find("X"), Find("Y"), Find("T"), Find("F"));
        return channels is { X: >= 0, Y: >= 0 } ? channels : throw file.Bad(place, "the traceFormat lacks the channel X or Y. Export the drawing with both.");

        int Find(string channel) => names.FindIndex(name => name.Equals(channel, StringComparison.OrdinalIgnoreCase));
    }
}
