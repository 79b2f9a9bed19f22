namespace Siamese.Contracts.Data.Lists;

/// <summary>Which column of a list holds what; columns are numbered from 0.</summary>
/// <param name="Images">The columns of image paths: one, two, or the three of triplets.</param>
/// <param name="Label">The column that says whether a pair is *same*; null if there is none.</param>
/// <param name="Class">The column of class names; null if there is none.</param>
/// <param name="Group">The column of group names; null if there is none.</param>
/// <param name="Split">The column that assigns images to splits; null if there is none.</param>
/// <param name="Header">Names of the columns; null if the list has no header.</param>
/// <param name="Kind">The column that says whether an image is genuine or forged; null if there is none.</param>
internal sealed record ListColumns(int[] Images, int? Label, int? Class, int? Group, int? Split, string[]? Header, int? Kind = null)
{
    private static readonly string[] _labels =
        ["label", "labels", "y", "target", "truth", "relation", "kind", "type", "result", "verdict", "issame", "same", "match", "ismatch", "different", "isdifferent", "genuine", "isgenuine", "forged", "isforged", "forgery"];

    private static readonly string[] _classes =
        ["class", "classname", "label", "labels", "name", "person", "personid", "identity", "id", "writer", "writerid", "signer", "subject", "user", "category", "character", "target", "y"];

    private static readonly string[] _groups = ["group", "alphabet", "family", "writer", "session", "source"];
    private static readonly string[] _splits = ["split", "set", "subset", "partition", "part", "fold", "usage"];
    private static readonly string[] _kinds = ["forged", "isforged", "forgery", "isforgery", "genuine", "isgenuine"];
    private static readonly string[] _kindsByContent = ["kind", "type"];
    private static readonly string[] _rows = ["row", "rows", "id", "image", "item", "index", "first", "second", "a", "b", "left", "right", "image1", "image2", "id1", "id2", "row1", "row2", "anchor", "positive", "negative"];
    private static readonly string[] _indices = ["", "index", "unnamed0", "row", "no", "nr", "number"];

    /// <exception cref="BadInputException">No column names images, or it is not clear which column holds what.</exception>
    public static ListColumns Find(ListTable table)
    {
        var hasHeader = !table.Rows[0].Fields.Any(LooksLikeFile);
        var rows = table.Rows.Skip(hasHeader ? 1 : 0).Take(ListTable.Sampled).Select(row => row.Fields).ToArray();
        var header = hasHeader ? table.Rows[0].Fields : null;
        if (rows.Length == 0)
            throw new BadInputException($"{table.Path} contains no rows that name images, only {ListTable.Show(table.Rows[0].Fields)}. Write two image paths in each row, such as a.png,b.png.");
        var width = rows.Length == 0 ? 0 : rows.CountBy(row => row.Length).MaxBy(count => count.Value).Key;
        var images = new[] { Having(DataFiles.LooksLikeImage), Having(InputFiles.LooksLikeStrokes), Having(InputFiles.LooksLikeVector) }.FirstOrDefault(named => named.Length > 0) ?? [];
        if (images.Length == 0)
        {
            throw new BadInputException(
                $"{table.Path} has no column with names of image files. Its first row is {ListTable.Show(table.Rows[0].Fields)}. Write the path of each image with its extension, such as anna/1.png.");
        }

        int[] others = [.. Enumerable.Range(0, width).Except(images).Where(c => !IsIndex(c, header, rows))];
        return images.Length switch
        {
            1 => Classes(table, images, others, header, rows),
            2 => Pairs(table, images, others, header, rows),
            3 when !others.Any(c => IsLabel(rows, c)) => new(images, null, null, null, null, header),
            _ => throw new BadInputException(
                $"{table.Path} has {images.Length} columns with names of image files: {ListTable.Show(images.Select(c => Name(c, header)))}. Keep the two of each pair."),
        };

        int[] Having(Func<string, bool> isNamed) => [.. Enumerable.Range(0, width).Where(c => 2 * rows.Count(row => c < row.Length && isNamed(row[c])) >= rows.Length)];
    }

    /// <summary>The columns of a list that names rows of a file of vectors.</summary>
    /// <exception cref="BadInputException">No column names rows, or it is not clear which column holds what.</exception>
    public static ListColumns Find(ListTable table, VectorRows vectors)
    {
        var hasHeader = vectors.HaveIds ? !table.Rows[0].Fields.Any(IsRow) : !table.Rows[0].Fields.Any(field => double.TryParse(field, out _));
        var rows = table.Rows.Skip(hasHeader ? 1 : 0).Take(ListTable.Sampled).Select(row => row.Fields).ToArray();
        var header = hasHeader ? table.Rows[0].Fields : null;
        var width = rows.Length == 0 ? 0 : rows.CountBy(row => row.Length).MaxBy(count => count.Value).Key;
        int[] fitting = [.. Enumerable.Range(0, width).Where(c => 2 * rows.Count(row => c < row.Length && IsRow(row[c])) >= rows.Length)];
        // Numbers of rows look like labels, classes and the like; the header tells.
        int[] named = vectors.HaveIds || header is null ? fitting : [.. fitting.Where(c => Is(c, header, _rows))];
        int[] images = named.Length > 0 ? named : header is null ? fitting : [.. fitting.Where(c => !Is(c, header, _labels) && !Is(c, header, _classes) && !Is(c, header, _groups) && !Is(c, header, _splits))];
        if (images.Length is 0 or > 3)
        {
            throw new BadInputException(images.Length == 0
                ? $"{table.Path} has no column with {(vectors.HaveIds ? "ids" : "numbers of rows")} of {vectors.Path}, such as {vectors.Example}. Its first row is {ListTable.Show(table.Rows[0].Fields)}."
                : $"{table.Path} has {images.Length} columns that may name rows of {vectors.Path}: {ListTable.Show(images.Select(c => Name(c, header)))}. Name the columns in a header: id and class, or first, second and label.");
        }

        int[] others = [.. Enumerable.Range(0, width).Except(images)];
        return images.Length switch
        {
            1 => Classes(table, images, others, header, rows),
            2 => Pairs(table, images, others, header, rows),
            _ => new(images, null, null, null, null, header),
        };

        bool IsRow(string field) => vectors.Find(field) is not null;
    }

    /// <summary>Whether a field looks like the path of an image, of pen strokes or of a vector.</summary>
    public static bool LooksLikeFile(string field) => DataFiles.LooksLikeImage(field) || InputFiles.LooksLikeStrokes(field) || InputFiles.LooksLikeVector(field);

    /// <summary>What messages call a column.</summary>
    public static string Name(int column, string[]? header) =>
        header is not null && column < header.Length && header[column].Length > 0 ? header[column] : $"column {column + 1}";

    private static ListColumns Pairs(ListTable table, int[] images, int[] others, string[]? header, string[][] rows)
    {
        int[] named = [.. others.Where(c => Is(c, header, _labels))];
        int[] fitting = [.. others.Where(c => IsLabel(rows, c))];
        int[] candidates = named.Intersect(fitting).ToArray() is { Length: > 0 } both ? both
            : named.Length > 0 ? named
            : fitting.Length > 0 ? fitting
            : others.Length == 1 ? others : [];
        if (candidates is [var one, var other, ..])
        {
            throw new BadInputException(
                $"{table.Path} can be read in two ways: {Name(one, header)} may be the label ({rows[0][one]} in the first pair), or {Name(other, header)} ({rows[0][other]}). Name the right one 'label' in a header, or take the other out.");
        }

        return new(images, candidates is [var label] ? label : null, null, null, null, header);
    }

    private static ListColumns Classes(ListTable table, int[] images, int[] others, string[]? header, string[][] rows)
    {
        int? split = First(others.Where(c => Is(c, header, _splits) && IsSplit(rows, c))) ?? First(others.Where(c => header is null && IsSplit(rows, c)));
        int? kind = others.Count(c => c != split) < 2 ? null : First(others.Where(c => c != split
            && (Is(c, header, _kinds) || (Is(c, header, _kindsByContent) && rows.All(row => c < row.Length && IsForged(header![c], row[c]) is not null)))));
        int[] rest = [.. others.Where(c => c != split && c != kind)];
        int? ofClass = (header is null ? null : ClassIn(rest, header)) ?? First(rest);
        rest = [.. rest.Where(c => c != ofClass)];
        int? group = First(rest.Where(c => Is(c, header, _groups))) ?? (header is null ? First(rest) : null);
        if (header is null && rest.Length > 1)
        {
            throw new BadInputException(
                $"{table.Path} has {rows[0].Length} columns without names: {ListTable.Show(rows[0])}. Name them in a header: path, class, group, split.");
        }

        return new(images, null, ofClass, group, split, header, kind);
    }

    /// <summary>The first column that has a name of classes, in the order of these names; null if none has.</summary>
    public static int? ClassIn(IEnumerable<int> columns, string[] header) =>
        _classes.Select(name => First(columns.Where(c => Is(c, header, [name])))).FirstOrDefault(c => c is not null);

    /// <summary>The first column that has a name of groups; null if none has.</summary>
    public static int? GroupIn(IEnumerable<int> columns, string[] header) => First(columns.Where(c => Is(c, header, _groups)));

    /// <summary>The first column that assigns rows to splits, by its name and its fields; null if none does.</summary>
    public static int? SplitIn(IEnumerable<int> columns, string[] header, string[][] rows) => First(columns.Where(c => Is(c, header, _splits) && IsSplit(rows, c)));

    /// <summary>Whether a field says that an image is forged; null if it says neither that nor the opposite.</summary>
    /// <param name="column">Name of its column, which tells what a 1 means.</param>
    /// <param name="field">The field.</param>
    public static bool? IsForged(string column, string field)
    {
        var name = LabelWords.Plain(column);
        if (ForgedNames.IsForged(name.StartsWith("is", StringComparison.Ordinal) ? name[2..] : name) is not { } ofOne)
            return ForgedNames.IsForgedField(field);
        return ForgedNames.IsForged(field) ?? LabelWords.Of(field) switch
        {
            // F may be false, or forged.
            _ when field.Trim().Length == 1 && char.IsLetter(field.Trim()[0]) => null,
            LabelWord.One => ofOne,
            LabelWord.Zero => !ofOne,
            _ => null,
        };
    }

    private static bool Is(int column, string[]? header, string[] names) =>
        header is not null && column < header.Length && names.Contains(LabelWords.Plain(header[column]));

    private static bool IsLabel(string[][] rows, int column) =>
        rows.Length > 0 && rows.All(row => column < row.Length && LabelWords.Of(row[column]) is not null);

    private static bool IsSplit(string[][] rows, int column) =>
        rows.Length > 0 && rows.All(row => column < row.Length && PartNames.Of(row[column]) is not null);

    /// <summary>Whether the column numbers the rows, as pandas writes it.</summary>
    public static bool IsIndex(int column, string[]? header, string[][] rows)
    {
        if (header is not null && !Is(column, header, _indices))
            return false;
        var numbers = rows.Select(row => column < row.Length && long.TryParse(row[column], out var number) ? number : (long?)null).ToArray();
        return numbers.Length > 2 && numbers.Zip(numbers.Skip(1)).All(pair => pair.First is { } first && pair.Second == first + 1);
    }

    private static int? First(IEnumerable<int> columns)
    {
        foreach (var column in columns)
            return column;
        return null;
    }
}
