using System.Globalization;
using System.Text.RegularExpressions;
using Siamese.Contracts.Data.Lists;

namespace Siamese.Contracts.Data.Vectors;

/// <summary>
/// A table with a vector in each row: a header, a column of classes, or of the paths of images in class folders, perhaps columns of
/// groups, splits and ids, and numbers in all other columns.
/// </summary>
public sealed partial class VectorTable
{
    /// <summary>With fewer columns of numbers, a table that names images is a list of images that says more about them.</summary>
    private const int Doubtful = 8;

    private readonly string _text;
    private readonly char _separator;

    private VectorTable(string path, string text, char separator, string[] header, int[] numbers)
    {
        (Path, _text, _separator, Header, Numbers) = (path, text, separator, header, numbers);
    }

    /// <summary>Full path of the table.</summary>
    public string Path { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The columns that are the vector, in order.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>The column of classes; null if the ids name them.</summary>
    public int? Class { get; private init; }

    /// <summary>The column of ids, such as paths of images; null if there is none.</summary>
    public int? Id { get; private init; }

    /// <summary>The column of groups; null if there is none.</summary>
    public int? Group { get; private init; }

    /// <summary>The column of splits; null if there is none.</summary>
    public int? Split { get; private init; }

    /// <summary>At least the number of its rows.</summary>
    public int MostRows => _text.AsSpan().Count('\n') + 1;

    /// <summary>Bytes that its text takes in memory.</summary>
    public long TextBytes => sizeof(char) * (long)_text.Length;

    /// <summary>The rows after the header, one after the other.</summary>
    /// <exception cref="BadInputException">A row cannot be parsed, or has another number of columns than the header.</exception>
    public IEnumerable<ListRow> Rows()
    {
        foreach (var row in ListTable.Split(Path, _text, _separator).Skip(1))
        {
            yield return row.Fields.Length == Header.Count
                ? row
                : throw Bad(row, string.Create(CultureInfo.InvariantCulture, $"has {row.Fields.Length} columns, but the header has {Header.Count}. Correct the row or the header"));
        }
    }

    /// <summary>An error in a row.</summary>
    public BadInputException Bad(ListRow row, string what) => new(string.Create(CultureInfo.InvariantCulture, $"{Path} row {row.Line} {what}."));

    /// <summary>The table, if it has vectors; null if it is a list of images, pairs or triplets, or something else.</summary>
    /// <exception cref="BadInputException">It cannot be read, or it is not clear what it is.</exception>
    public static VectorTable? Find(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var text = ListText.Read(path);
        var separator = ListTable.FindSeparator(path, text);
        ListRow[] start;
        try
        {
            start = [.. ListTable.Split(path, text, separator).Take(ListTable.Sampled + 1)];
        }
        catch (BadInputException)
        {
            // Whatever it is, reading it reports the row.
            return null;
        }

        return start.Length < 2 ? null : Find(path, text, separator, start[0].Fields, [.. start.Skip(1).Select(row => row.Fields)]);
    }

    private static VectorTable? Find(string path, string text, char separator, string[] header, string[][] rows)
    {
        int[] all = [.. Enumerable.Range(0, header.Length).Where(c => !ListColumns.IsIndex(c, header, rows))];
        int[] files = [.. all.Where(c => Most(c, ListColumns.LooksLikeFile))];
        int[] numeric = [.. all.Except(files).Where(c => Most(c, IsNumber))];
        if (files.Length > 1 || header.Any(ListColumns.LooksLikeFile) || numeric.Length < 2)
            return null;
        if (header.All(IsNumber))
            return files.Length > 0 || !IsEven() ? null : throw Unnamed(path, header);
        int[] others = [.. all.Except(files)];
        if (files.Length == 0 && Has("x") && Has("y") && others.Length <= 10)
        {
            throw new BadInputException(
                $"{path} looks like the pen strokes of one drawing: it has columns x and y. A data set of pen strokes is a folder of such files; if these are vectors, name the column of their classes 'label' instead of y.");
        }

        var ofClass = ListColumns.ClassIn(others, header);
        var split = ListColumns.SplitIn(others.Where(c => c != ofClass), header, rows);
        var group = ListColumns.GroupIn(others.Where(c => c != ofClass && c != split), header);
        int? id = files.Length > 0 ? files[0] : LabelColumns.IdIn(others.Where(c => c != ofClass && c != split && c != group), header);
        int[] rest = [.. others.Where(c => c != ofClass && c != split && c != group && c != id)];
        int[] numbers = [.. rest.Where(numeric.Contains)];
        if (numbers.Length < 2)
            return null;
        if (files.Length > 0 && !AreNumbered([.. numbers.Select(c => header[c])]))
        {
            return numbers.Length < Doubtful ? null : throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} can be read in two ways: as a list of images such as {rows[0][files[0]]}, or as vectors of {numbers.Length} numbers. If these are vectors, number their columns, as in 0,1,2 or f0,f1,f2; if it is a list, take the columns of numbers out."));
        }

        if (ofClass is null && files.Length == 0)
        {
            throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture, $"{path} has {numbers.Length} columns of numbers, but none of classes. Name the column of classes 'label' in the header."));
        }

        if (rest.Except(numbers).ToArray() is [var word, ..])
        {
            throw new BadInputException(
                $"{path} has vectors, but its column {ListColumns.Name(word, header)} has '{rows[0].ElementAtOrDefault(word)}', which is not a number. Take the column out, or name it after what it is: label, group, split or id.");
        }

        return new(path, text, separator, header, numbers) { Class = ofClass, Id = id, Group = group, Split = split };

        bool Most(int column, Func<string, bool> fits) => 2 * rows.Count(row => column < row.Length && fits(row[column])) >= rows.Length;

        bool Has(string name) => header.Any(field => field.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

        bool IsEven() => header.Length > 2 && rows.All(row => row.Length == header.Length);
    }

    private static BadInputException Unnamed(string path, string[] first) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{path} has {first.Length} columns of numbers without names. If it has vectors, add a header that names the column of classes 'label', such as label,f0,f1."));

    private static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether names are numbered one after the other, as in `f0`, `f1`, `f2`.</summary>
    private static bool AreNumbered(string[] names)
    {
        var matches = Array.ConvertAll(names, name => Numbered().Match(name));
        if (!Array.TrueForAll(matches, match => match.Success && match.Groups["name"].ValueSpan.SequenceEqual(matches[0].Groups["name"].ValueSpan)))
            return false;
        var numbers = Array.ConvertAll(matches, match => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture));
        return numbers.Zip(numbers.Skip(1)).All(pair => pair.Second == pair.First + 1);
    }

    [GeneratedRegex("^(?<name>.*?)(?<number>[0-9]{1,9})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
