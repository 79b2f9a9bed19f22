using CsvHelper;

namespace Siamese.Contracts.Data.Lists;

/// <summary>The rows of a list, split into fields. Blank rows and comments, which start with `#`, are left out.</summary>
/// <param name="Path">Full path of the list.</param>
/// <param name="Rows">In order; the first may be a header.</param>
/// <param name="Separator">What separates the fields.</param>
public sealed record ListTable(string Path, IReadOnlyList<ListRow> Rows, char Separator)
{
    /// <summary>Rows from which the separator and the columns are guessed.</summary>
    public const int Sampled = 200;

    /// <summary>Characters of a row: enough for 50,000 numbers, and a bound if a quote is never closed.</summary>
    private const int MaximumRow = 1024 * 1024;

    private static readonly char[] _separators = [',', ';', '\t', '|', ' '];

    /// <exception cref="BadInputException">The list cannot be read, cannot be parsed, or can be read with two separators.</exception>
    public static ListTable Read(string path)
    {
        var text = ListText.Read(path);
        var separator = FindSeparator(path, text);
        return new(path, [.. Split(path, text, separator)], separator);
    }

    /// <summary>The fields of a row as text for a message.</summary>
    public static string Show(IEnumerable<string> fields) => string.Join(" | ", fields);

    /// <summary>
    /// The separator with which most fields look like names of image files; among equals, not the space, which names contain,
    /// and then the one that splits every row into the same number of fields.
    /// </summary>
    internal static char FindSeparator(string path, string text)
    {
        var readings = _separators.Select(separator => Reading.Of(path, text, separator))
            .Where(reading => reading.Fields > 1)
            .OrderByDescending(reading => reading.Images).ThenBy(reading => reading.Separator == ' ').ThenByDescending(reading => reading.IsRegular).ToArray();
        return readings switch
        {
            [] => _separators[0],
            [var first, var second, ..] when first.Images == second.Images && first.Images > 0 && first.IsRegular && second.IsRegular && second.Separator != ' ' => throw new BadInputException(
                $"{path} can be read in two ways: its first row is {Show(first.First)} if {Name(first.Separator)} separates fields, and {Show(second.First)} if {Name(second.Separator)} does. Use one separator and quote fields that contain the other."),
            [var first, ..] => first.Separator,
        };
    }

    internal static IEnumerable<ListRow> Split(string path, string text, char separator)
    {
        var isSpace = separator is ' ' or '\t';
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = !isSpace,
            TrackLineNumbers = true,
            CommentPrefix = '#',
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = MaximumRow,
        });
        while (Next(reader, path) is { } fields)
        {
            if (separator == ' ')
                fields = [.. fields.Where(field => field.Length > 0)];
            else if (isSpace)
                fields = [.. fields.Select(field => field.Trim())];
            if (!fields.All(string.IsNullOrWhiteSpace))
                yield return new(reader.LineNumber, fields);
        }
    }

    private static string[]? Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read() ? reader.Current.ToArray() : null;
        }
        catch (CsvFormatException e)
        {
            throw new BadInputException($"{path} row {e.LineNumber} cannot be parsed. Check its quotes.", e);
        }
    }

    private static string Name(char separator) => separator switch
    {
        ',' => "a comma",
        ';' => "a semicolon",
        '\t' => "a tab",
        ' ' => "a space",
        _ => $"'{separator}'",
    };

    /// <summary>The first rows as they are with a separator.</summary>
    /// <param name="Separator">The separator.</param>
    /// <param name="Fields">The most frequent number of fields.</param>
    /// <param name="Images">Number of fields that look like names of image files.</param>
    /// <param name="IsRegular">Whether every row has the same number of fields.</param>
    /// <param name="First">The first row.</param>
    private sealed record Reading(char Separator, int Fields, int Images, bool IsRegular, string[] First)
    {
        public static Reading Of(string path, string text, char separator)
        {
            var rows = new List<ListRow>();
            try
            {
                foreach (var row in Split(path, text, separator).Take(Sampled))
                    rows.Add(row);
            }
            catch (BadInputException)
            {
                // A row cannot be parsed with this separator. If it is the right one, reading the list with it reports the row.
            }

            var widths = rows.CountBy(row => row.Fields.Length).OrderByDescending(width => width.Value).ToArray();
            return rows.Count == 0 ? new(separator, 0, 0, false, []) : new(
                separator, widths[0].Key, rows.Sum(row => row.Fields.Count(ListColumns.LooksLikeFile)), widths.Length == 1, rows[0].Fields);
        }
    }
}
