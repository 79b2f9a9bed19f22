using System.Globalization;

namespace Siamese.Contracts.Data.Lists;

/// <summary>
/// The pairs.txt of Labeled Faces in the Wild (Huang et al., 2007): a first row with the number of folds and of pairs; then
/// `name n m` for two images of a person, and `name n name m` for images of two. The image n of a name is the file
/// `name/name_000n.jpg`, or `name/n.png`.
/// </summary>
internal static class LfwPairs
{
    private static readonly string[] _extensions = [".jpg", ".png", ".jpeg", ".bmp", ".pgm", ".tif", ".webp", ".gif"];

    /// <summary>The columns of the rows that <see cref="Read"/> makes.</summary>
    public static readonly ListColumns Columns = new([0, 1], 2, null, null, null, null);

    public static bool Recognizes(ListTable table) =>
        table.Rows.Count > 1 && table.Rows[0].Fields.Length is 1 or 2 && table.Rows[0].Fields.All(IsNumber)
        && table.Rows.Skip(1).Take(ListTable.Sampled).All(row => row.Fields is [_, var n, var m] && IsNumber(n) && IsNumber(m)
            || row.Fields is [_, var a, _, var b] && IsNumber(a) && IsNumber(b));

    /// <summary>The rows as two paths and a label.</summary>
    /// <exception cref="BadInputException">A row has another form, or no such files exist.</exception>
    public static (IReadOnlyList<ListRow> Rows, ListPaths Paths) Read(ListTable table, string? folder, MovedFolder? moved)
    {
        var best = (Missing: int.MaxValue, Rows: (ListRow[]?)null, Paths: (ListPaths?)null);
        foreach (var extension in _extensions)
        {
            foreach (var name in (Func<string, int, string>[])[(person, n) => $"{person}/{person}_{n:0000}", (person, n) => $"{person}/{n}", (person, n) => $"{person}/{person}_{n}", (person, n) => $"{person}/{n:0000}"])
            {
                ListRow[] rows = [.. table.Rows.Skip(1).Select(row => Of(table, row, (person, n) => name(person, n) + extension))];
                string[] sample = [.. rows.Take(ListTable.Sampled).SelectMany(row => row.Fields[..2]).Distinct()];
                var paths = ListPaths.Find(table.Path, folder, sample, moved);
                var missing = sample.Count(image => !paths.Exists(paths.PathOf(image)));
                if (missing < best.Missing)
                    best = (missing, rows, paths);
                if (missing == 0)
                    return (rows, paths);
            }
        }

        return (best.Rows!, best.Paths!);
    }

    private static ListRow Of(ListTable table, ListRow row, Func<string, int, string> image) => row.Fields switch
    {
        [var name, var first, var second] when IsNumber(first) && IsNumber(second) => new(row.Line, [image(name, Number(first)), image(name, Number(second)), "same"]),
        [var name, var first, var other, var second] when IsNumber(first) && IsNumber(second) => new(row.Line, [image(name, Number(first)), image(other, Number(second)), "different"]),
        _ => throw new BadInputException(string.Create(
            CultureInfo.InvariantCulture, $"{table.Path} row {row.Line} is not a pair like those above it. Write a name and two numbers, or a name and a number twice.")),
    };

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
