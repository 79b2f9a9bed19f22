using Siamese.Contracts.Data.Lists;

namespace Siamese.Contracts.Data.Vectors;

/// <summary>The columns of a table of labels: what it says about vectors that are in another file.</summary>
/// <param name="Class">The column of classes, from 0; null if there is none.</param>
/// <param name="Group">The column of groups.</param>
/// <param name="Split">The column of splits.</param>
/// <param name="Id">The column of ids, such as paths of images.</param>
public sealed record LabelColumns(int? Class, int? Group, int? Split, int? Id)
{
    private static readonly string[] _ids = ["image", "images", "path", "file", "filename", "id", "ids", "key", "item"];
    private static readonly string[] _splits = ["split", "splits", "set", "subset", "partition"];

    /// <summary>The columns by their names; null if the first row names no classes.</summary>
    /// <param name="header">The first row.</param>
    public static LabelColumns? Find(string[] header)
    {
        int[] all = [.. Enumerable.Range(0, header.Length)];
        if (ListColumns.ClassIn(all, header) is not { } ofClass)
            return null;
        var rest = all.Where(c => c != ofClass);
        var group = ListColumns.GroupIn(rest, header);
        return new(ofClass, group, First(rest.Where(c => c != group), _splits, header), IdIn(rest.Where(c => c != group), header));
    }

    /// <summary>The first column whose name says that it has ids; null if there is none.</summary>
    internal static int? IdIn(IEnumerable<int> columns, string[] header) => First(columns, _ids, header);

    private static int? First(IEnumerable<int> columns, string[] names, string[] header) =>
        columns.Where(c => names.Contains(LabelWords.Plain(header[c]))).Select(c => (int?)c).FirstOrDefault();
}
