using System.Text;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Data.Vectors;

namespace Siamese.Model.Data.Vectors;

/// <summary>An array of vectors in a file of its own, with the files beside it that say what its rows are.</summary>
internal static class NpyFile
{
    /// <summary>Longest file of labels or ids.</summary>
    private const long MaximumTextBytes = 256L * 1024 * 1024;

    /// <exception cref="BadInputException">It is not an array of vectors, or a file beside it does not fit.</exception>
    public static VectorContent Read(string path, VectorMemory memory)
    {
        using var file = File.OpenRead(path);
        var array = new ArrayOf(path);
        var header = NpyHeader.Read(file, array);
        if (header.Number is not { } type)
            throw array.NotNumbers(header);
        if (header.Shape is not [var count, var width])
            throw array.NotRows(header.Shape);
        VectorArrays.CheckSizes(array, count, width);
        CheckLength(array, header, file.Length - file.Position);
        var beside = VectorFiles.Beside(path).Sum(other => new FileInfo(other).Length);
        var values = memory(count, width, stored: 2 * beside);
        NumberStream.Read(file, type, header.IsBigEndian, header.IsColumnwise, (int)width, values, array);
        return new((int)width, values, Columns(path, count));
    }

    /// <summary>Checks that the header claims no more than there is.</summary>
    /// <exception cref="BadInputException">It does.</exception>
    public static void CheckLength(ArrayOf array, NpyHeader header, long bytes)
    {
        if (Int128.CreateChecked(header.Count) * header.ElementBytes > bytes)
            throw array.Bad($"has {header} according to its header, but only {bytes} bytes follow. Copy or save it again.");
    }

    private static VectorColumns Columns(string path, long rows)
    {
        var ids = VectorFiles.IdsBeside(path) is { } named ? Lines(named, rows) : null;
        return VectorFiles.LabelsBeside(path) switch
        {
            null => new(Ids: ids),
            var labels when labels.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) => new(Labels(labels, rows), Ids: ids),
            var labels when labels.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) => new(Lines(labels, rows), Ids: ids),
            var labels => WithIds(Table(labels, rows)),
        };

        VectorColumns WithIds(VectorColumns table) => table with { Ids = table.Ids ?? ids };
    }

    private static string[] Labels(string path, long rows)
    {
        using var file = File.OpenRead(path);
        var array = new ArrayOf(path);
        var header = NpyHeader.Read(file, array);
        if (!TextArray.Fits(header, rows))
            throw array.Bad($"has {header}, but there are {rows} vectors. It must have one whole number or text for each, in the same order.");
        CheckLength(array, header, file.Length - file.Position);
        return TextArray.Read(file, header, array);
    }

    private static string[] Lines(string path, long rows)
    {
        var bytes = RegularFile.Read(path, MaximumTextBytes) ?? throw new BadInputException($"{path} is larger than 256 MB, the maximum for labels. Save shorter names.");
        string[] lines = [.. Encoding.UTF8.GetString(bytes).TrimStart('\ufeff').Split('\n').Select(line => line.TrimEnd('\r'))];
        if (lines[^1].Length == 0)
            lines = lines[..^1];
        CheckRows(path, lines.Length, rows);
        return Array.FindIndex(lines, string.IsNullOrWhiteSpace) is var empty and >= 0
            ? throw new BadInputException(FormattableString.Invariant($"{path}: line {empty + 1} is empty. Write a line for each vector."))
            : lines;
    }

    /// <summary>A table with a row for each vector: one column of classes, or a header that names the columns.</summary>
    private static VectorColumns Table(string path, long rows)
    {
        var table = ListTable.Read(path).Rows;
        if (table.Count == 0)
            throw new BadInputException($"{path} is empty. Write a row for each vector.");
        var header = table[0].Fields;
        var columns = LabelColumns.Find(header);
        var hasHeader = columns is not null || (header.Length == 1 && table.Count == rows + 1);
        if (!hasHeader && header.Length > 1)
            throw new BadInputException($"{path} has {header.Length} columns without names. Name them in a header: label, group, split, id.");
        ListRow[] body = [.. table.Skip(hasHeader ? 1 : 0)];
        CheckRows(path, body.Length, rows);
        if (Array.Find(body, row => row.Fields.Length != header.Length) is { } uneven)
            throw new BadInputException(FormattableString.Invariant($"{path} row {uneven.Line} has {uneven.Fields.Length} columns, and the first row has {header.Length}. Correct the row."));
        return new(Of(columns?.Class ?? (header.Length == 1 ? 0 : null)), Of(columns?.Group), Of(columns?.Split), Of(columns?.Id));

        string[]? Of(int? column) => column is { } its ? Array.ConvertAll(body, row => row.Fields[its]) : null;
    }

    private static void CheckRows(string path, long lines, long rows)
    {
        if (lines != rows)
            throw new BadInputException(FormattableString.Invariant($"{path} has {lines} rows, but there are {rows} vectors. It must have one for each, in the same order."));
    }
}
