using System.Text;
using System.Xml;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads InkML, the Ink Markup Language of the W3C (Recommendation of 20 September 2011): the traces of a file whose
/// traceFormat names the channels X, Y, T (time) and F (force), in any order and among others. Without a traceFormat, the
/// channels are X and Y. Traces of type penUp are left out.
/// </summary>
internal static class InkMlReader
{
    private const int MaximumDepth = 64;

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    public static bool Recognizes(string text) =>
        text.AsSpan().TrimStart() is ['<', ..]
        && (text.Contains("<ink>", StringComparison.Ordinal) || text.Contains("<ink ", StringComparison.Ordinal)
            || text.Contains(":ink>", StringComparison.Ordinal) || text.Contains(":ink ", StringComparison.Ordinal));

    /// <exception cref="BadInputException">The file is not valid XML, or not a drawing.</exception>
    public static PenPath Read(StrokeFile file)
    {
        try
        {
            using var xml = XmlReader.Create(new StringReader(file.Text), _settings);
            return Read(file, xml);
        }
        catch (XmlException e)
        {
            var line = new Place(Math.Max(1, e.LineNumber));
            throw file.Bad(line, file.Text.Contains("<!DOCTYPE", StringComparison.Ordinal)
                ? "the file has a document type definition (DOCTYPE), which is not read. Remove it."
                : "the file is not valid XML here. Correct it, or export the drawing again.");
        }
    }

    private static PenPath Read(StrokeFile file, XmlReader xml)
    {
        var path = new PenPathBuilder(file);
        InkChannels? channels = null;
        while (Next(file, xml))
        {
            if (xml.NodeType is not XmlNodeType.Element)
                continue;
            if (xml is { Depth: 0, LocalName: not "ink" })
                throw file.Bad(LineOf(xml), $"the file is XML, but its root is '{xml.LocalName}', not 'ink'. Export the drawing as InkML.");
            if (xml.LocalName == "traceFormat" && InkChannels.Read(file, xml) is { } format)
            {
                if (channels is not null && channels != format)
                    throw file.Bad(LineOf(xml), "the file has two different traceFormats. Give one drawing per file, with one traceFormat.");
                channels = format;
            }
            else if (xml.LocalName == "trace")
            {
                // The middle and the end of a divided trace continue it.
                if (xml.GetAttribute("continuation") is not ("middle" or "end"))
                    path.Lift();
                var isUp = xml.GetAttribute("type") == "penUp";
                var (text, line) = TextOf(file, xml);
                if (!isUp)
                    new InkTrace(file, channels ?? InkChannels.Default, text, line).AddTo(path);
            }
        }

        return path.Build();
    }

    /// <summary>Moves to the next node. The XML reader keeps all open elements in memory, so their number is limited.</summary>
    public static bool Next(StrokeFile file, XmlReader xml)
    {
        var isNode = xml.Read();
        return xml.Depth <= MaximumDepth ? isNode
            : throw file.Bad(LineOf(xml), FormattableString.Invariant($"elements are nested more than {MaximumDepth} deep. Export the drawing again."));
    }

    public static Place LineOf(XmlReader xml) => new(((IXmlLineInfo)xml).LineNumber);

    /// <summary>The text of the current element, and its first line.</summary>
    private static (string Text, int Line) TextOf(StrokeFile file, XmlReader xml)
    {
        var (text, line) = (new StringBuilder(), LineOf(xml).Line);
        if (xml.IsEmptyElement)
            return ("", line);
        var depth = xml.Depth;
        while (Next(file, xml) && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA) || xml.Depth != depth + 1)
                continue;
            if (text.Length == 0)
                line = LineOf(xml).Line;
            text.Append(xml.Value);
        }

        return (text.ToString(), line);
    }
}
