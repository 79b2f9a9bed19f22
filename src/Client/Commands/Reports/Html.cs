using System.Text;
using System.Xml;
using System.Xml.Linq;
using Siamese.Contracts;
using Siamese.Plots.Drawing;

namespace Siamese.Client.Commands.Reports;

/// <summary>Parts of a page without scripts. Every text is escaped, and control characters are replaced.</summary>
internal static class Html
{
    // Without <, > and &, which would be escaped.
    private const string Style = """
        :root{color-scheme:light dark;--paper:#ffffff;--text:#1f2328;--faint:#57606a;--line:#dde1e6;--band:#f4f6f8}
        @media (prefers-color-scheme:dark){:root{--paper:#16191d;--text:#e6e9ec;--faint:#a3adb8;--line:#343a41;--band:#1f242a}}
        body{margin:0 auto;max-width:1100px;padding:16px;background:var(--paper);color:var(--text);font:16px/1.5 system-ui,Segoe UI,DejaVu Sans,sans-serif}
        h1,h2{line-height:1.2}h2{margin-top:2em;border-bottom:1px solid var(--line);padding-bottom:4px}
        table{border-collapse:collapse;font-size:15px}th,td{padding:4px 12px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        td.number,th.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        td:not(.number){min-width:9em}.wide{overflow-x:auto}.wide svg{display:block;width:100%;min-width:640px;height:auto}figure{margin:16px 0}
        .faint{color:var(--faint)}.pairs{display:flex;flex-wrap:wrap;gap:16px}.pairs figure{margin:0;width:230px}
        .pairs img{width:230px;image-rendering:pixelated;border:1px solid var(--line)}code{font-family:DejaVu Sans Mono,Consolas,monospace;word-break:break-all}
        """;

    /// <summary>A page that needs nothing else: no script, no other file.</summary>
    public static byte[] Page(string title, IEnumerable<XElement> content)
    {
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                // Else a browser asks the server of the page for one.
                new XElement("link", new XAttribute("rel", "icon"), new XAttribute("href", "data:,")),
                new XElement("title", PlainText.Of(title)),
                new XElement("style", Style + Svg.DarkStyle)),
            new XElement("body", new XElement("main", content)));
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, NewLineChars = "\n" }))
            page.WriteTo(writer);
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    public static XElement Heading(int level, string text) => new($"h{level}", PlainText.Of(text));

    public static XElement Paragraph(string text) => new("p", PlainText.Lines(text));

    public static XElement List(IEnumerable<string> lines) => new("ul", lines.Select(line => new XElement("li", PlainText.Lines(line))));

    /// <summary>A table that scrolls sideways on a narrow screen.</summary>
    /// <param name="columns">The headings; those of columns with numbers end in `#`.</param>
    /// <param name="rows">Their cells.</param>
    public static XElement Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool[] areNumbers = [.. columns.Select(column => column.EndsWith('#'))];
        return Wide(new XElement(
            "table",
            new XElement("thead", new XElement("tr", columns.Select((column, place) => Cell("th", column.TrimEnd('#'), areNumbers[place])))),
            new XElement("tbody", rows.Select(row => new XElement("tr", row.Select((cell, place) => Cell("td", cell, areNumbers[place])))))));
    }

    /// <summary>A table of names and values.</summary>
    public static XElement Facts(IEnumerable<(string Name, string Value)> facts) => Wide(new XElement(
        "table",
        new XElement("tbody", facts.Select(fact => new XElement("tr", new XElement("th", new XAttribute("scope", "row"), PlainText.Of(fact.Name)), Cell("td", fact.Value, isNumber: false))))));

    public static XElement Figure(Picture picture) => new("figure", Wide(Svg.Element(picture)));

    /// <summary>An image whose bytes are part of the page.</summary>
    public static XElement Image(ReadOnlySpan<byte> png, string caption) => new(
        "figure",
        new XElement("img", new XAttribute("alt", PlainText.Of(caption)), new XAttribute("src", $"data:image/png;base64,{Convert.ToBase64String(png)}")),
        new XElement("figcaption", PlainText.Of(caption)));

    public static XElement Wide(XElement content) => new("div", new XAttribute("class", "wide"), new XAttribute("tabindex", "0"), content);

    private static XElement Cell(string name, string text, bool isNumber) =>
        new(name, isNumber ? new XAttribute("class", "number") : null, name == "th" ? new XAttribute("scope", "col") : null, PlainText.Lines(text));
}
