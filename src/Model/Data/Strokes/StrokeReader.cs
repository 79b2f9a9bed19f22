using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads a drawing as the movements of a pen, in any of seven formats: Omniglot, SVC2004, SUSIG, SigComp2009, a table, JSON
/// or InkML. The content decides which, not the file's name.
/// </summary>
internal static class StrokeReader
{
    /// <summary>The formats in a sentence.</summary>
    private const string Formats = "Omniglot, SVC2004, SUSIG, SigComp2009, InkML, JSON, or a table with the header " + TableReader.Header;

    /// <summary>Bytes that decide whether a file is recognised.</summary>
    private const int StartBytes = 1024;

    /// <summary>
    /// Whether the start of the file looks like one of the formats, or like rows of numbers that only lack a header.
    /// <see cref="Read"/> may still refuse the file.
    /// </summary>
    public static bool Recognizes(ReadOnlySpan<byte> file) =>
        StrokeFile.Decode(file[..Math.Min(file.Length, StartBytes)], isWhole: file.Length <= StartBytes) is { } start
        && !string.IsNullOrWhiteSpace(start) && (ReaderOf(start) is not null || IsRows(start));

    /// <summary>The drawing.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <exception cref="BadInputException">The file is not in one of the formats, is damaged, too large, or shows nothing.</exception>
    public static PenPath Read(ReadOnlySpan<byte> file, string name)
    {
        var text = StrokeFile.Open(file, name);
        return ReaderOf(text.Text) is { } read ? read(text) : throw Unreadable(text);
    }

    private static Func<StrokeFile, PenPath>? ReaderOf(string text) =>
        InkMlReader.Recognizes(text) ? InkMlReader.Read
        : JsonReader.Recognizes(text) ? JsonReader.Read
        : OmniglotReader.Recognizes(text) ? OmniglotReader.Read
        : SusigReader.Recognizes(text) ? SusigReader.Read
        : Svc2004Reader.Recognizes(text) ? Svc2004Reader.Read
        : SigCompReader.Recognizes(text) ? SigCompReader.Read
        : TableReader.Recognizes(text) ? TableReader.Read
        : null;

    /// <summary>Whether the first line consists of two to ten numbers.</summary>
    private static bool IsRows(string text)
    {
        var lines = new StrokeLines(text);
        if (!lines.Next())
            return false;
        foreach (var separator in " ,;\t")
        {
            if (lines.Columns(separator) is var count and >= 2 and <= 10 && lines.IsNumbers(count, separator))
                return true;
        }

        return false;
    }

    private static BadInputException Unreadable(StrokeFile file)
    {
        if (IsRows(file.Text))
            return file.Bad(new(FirstLine(file.Text)), $"the columns have no names. Add a header such as {TableReader.Header} above the numbers; x and y are needed, the rest is optional.");
        return new(file.Text.AsSpan().TrimStart() switch
        {
            ['<', ..] when file.Text.Contains("<html", StringComparison.OrdinalIgnoreCase) => $"{file.Name} is a web page, not pen strokes. Download the file itself.",
            ['<', ..] => $"{file.Name} is XML or a web page, but not InkML: it has no element 'ink'. Export the drawing as InkML.",
            ['{' or '[', ..] => $"{file.Name} is JSON without strokes. Write an array of strokes, each an array of points such as [x, y, t], or an object with such an array as 'strokes'.",
            _ => $"{file.Name} is not in a known format of pen strokes. Give {Formats}.",
        });
    }

    private static int FirstLine(string text)
    {
        var lines = new StrokeLines(text);
        lines.Next();
        return lines.Number;
    }
}
