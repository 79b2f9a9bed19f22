using System.Text;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads a table with a point in each row, separated by commas, semicolons or tabs. A header names the columns, in any order
/// and case: x and y, and perhaps a time, a pressure, whether the pen is down (1 or 0), and the number of the stroke. Other
/// columns are ignored.
/// </summary>
internal static class TableReader
{
    /// <summary>The header in messages.</summary>
    public const string Header = "x,y,t,pressure,stroke";

    /// <summary>The rest of a longer row stays in its last field.</summary>
    private const int MaximumColumns = 1000;

    private static readonly string[] _time = ["t", "time", "timestamp", "ms"];
    private static readonly string[] _pressure = ["p", "pressure", "force"];
    private static readonly string[] _pen = ["pen", "button", "down", "pen_down", "pendown"];
    private static readonly string[] _stroke = ["stroke", "stroke_id"];

    public static bool Recognizes(string text)
    {
        var lines = new StrokeLines(text);
        return lines.Next() && SeparatorOf(lines.Whole) is not null;
    }

    /// <exception cref="BadInputException">The table is damaged, or its header is ambiguous.</exception>
    public static PenPath Read(StrokeFile file)
    {
        var path = new PenPathBuilder(file);
        var lines = new StrokeLines(file.Text);
        lines.Next();
        var top = lines.Place;
        var separator = SeparatorOf(lines.Whole)!.Value;
        var header = Array.ConvertAll([.. Split(lines.Whole, separator)!], name => name.Trim().ToLowerInvariant());
        var (x, y) = (Find(["x"])!.Value, Find(["y"])!.Value);
        var (time, pressure, pen, stroke) = (Find(_time), Find(_pressure), Find(_pen), Find(_stroke));
        double? last = null;
        while (lines.Next())
        {
            var fields = Split(lines.Whole, separator)
                ?? throw file.Bad(lines.Place, "a quoted field does not end on its line. Close its quotes.");
            if (fields.Count != header.Length)
                throw file.Bad(lines.Place, FormattableString.Invariant($"the row has {fields.Count} columns, but the header has {header.Length}. Correct the row or the header."));
            var place = lines.Place;
            if (pen is { } column && !IsDown(file, place, fields[column]))
            {
                path.Hover(place);
                continue;
            }

            var number = Number(stroke);
            if (number != last)
                path.Lift();
            last = number;
            path.Add(place, Number(x)!.Value, Number(y)!.Value, Number(time), Number(pressure));

            double? Number(int? column) => column is null ? null : NumberIn(file, place, fields[column.Value]);
        }

        return path.Build();

        int? Find(string[] names)
        {
            var found = Enumerable.Range(0, header.Length).Where(i => names.Contains(header[i])).ToArray();
            return found.Length < 2 ? found.Cast<int?>().FirstOrDefault() : throw file.Bad(top, $"the columns '{header[found[0]]}' and '{header[found[1]]}' mean the same. Remove one of them.");
        }
    }

    /// <summary>The separator under which the line is a header; null if it is not one.</summary>
    private static char? SeparatorOf(ReadOnlySpan<char> line)
    {
        foreach (var separator in ",;\t")
        {
            // A header is short; a long line is something else, and not worth the time.
            if (line.Length < 1000 && Split(line, separator) is { } names && Has(names, "x") && Has(names, "y"))
                return separator;
        }

        return null;
    }

    private static bool Has(List<string> names, string name) => names.Exists(field => field.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static double NumberIn(StrokeFile file, Place place, string field)
    {
        // A comma within a field can only be a decimal comma.
        var text = field.Contains('.') ? field : field.Replace(',', '.');
        return StrokeLines.TryParse(text, out var number) ? number : throw StrokeLines.NotANumber(file, place, field);
    }

    private static bool IsDown(StrokeFile file, Place place, string field) => NumberIn(file, place, field) switch
    {
        0 => false,
        1 => true,
        _ => throw file.Bad(place, $"'{field.Trim()}' in the column of the pen is neither 1 (down) nor 0 (up). Correct it; if it is the number of a stroke, name the column 'stroke'."),
    };

    /// <summary>The fields of a line, without their quotes; null if the last quotes are not closed.</summary>
    private static List<string>? Split(ReadOnlySpan<char> line, char separator)
    {
        List<string> fields = [];
        var (field, isQuoted) = (new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == separator && !isQuoted && fields.Count < MaximumColumns)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return isQuoted ? null : fields;
    }
}
