using Siamese.Contracts;

namespace Siamese.Model.Data.Vectors;

/// <summary>Picks the arrays of a file that are vectors, labels and so on, by their names and shapes.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="arrays">Its arrays.</param>
internal sealed class VectorArrays(string path, IReadOnlyList<VectorArrays.Entry> arrays)
{
    private static readonly string[] _vectors = ["features", "X", "embeddings", "data"];
    private static readonly string[] _labels = ["labels", "y", "label", "targets", "target", "classes"];
    private static readonly string[] _groups = ["groups", "group"];
    private static readonly string[] _splits = ["splits", "split"];
    private static readonly string[] _ids = ["ids", "images", "paths", "id"];

    /// <summary>The array of vectors: N rows of D numbers.</summary>
    /// <exception cref="BadInputException">There is none, or there are several and none has one of the names; or it has no numbers.</exception>
    public Entry Vectors()
    {
        var entry = Named(_vectors) ?? arrays.Where(array => array is { IsNumeric: true, Shape.Length: 2 }).ToArray() switch
        {
            [var only] => only,
            [] => throw new BadInputException($"{path} has no array of vectors, which has the shape (N, D). It has {InWords()}. Save the vectors as 'features' and their classes as 'labels'."),
            var several => throw new BadInputException($"{path} has several arrays that may be the vectors: {string.Join(", ", several.Select(array => array.Name))}. Save the right one as 'features'."),
        };
        if (!entry.IsNumeric)
            throw entry.Array.NotNumbers(entry.Type);
        if (entry.Shape.Length != 2)
            throw entry.Array.NotRows(entry.Shape);
        CheckSizes(entry.Array, entry.Shape[0], entry.Shape[1]);
        return entry;
    }

    public Entry? Groups(long rows) => Column(_groups, rows);

    public Entry? Splits(long rows) => Column(_splits, rows);

    public Entry? Ids(long rows) => Column(_ids, rows);

    /// <summary>The array of labels: by its name, or the only one with a label for each row.</summary>
    /// <exception cref="BadInputException">The array with such a name does not fit.</exception>
    public Entry? Labels(long rows)
    {
        if (Column(_labels, rows) is { } named)
            return named;
        string[] others = [.. _groups, .. _splits, .. _ids];
        return arrays.Where(array => array.FitsRows(rows) && !others.Contains(array.Name, StringComparer.OrdinalIgnoreCase)).ToArray() is [var only] ? only : null;
    }

    /// <exception cref="BadInputException">There are no rows or numbers, or more than can be read.</exception>
    public static void CheckSizes(ArrayOf array, long count, long width)
    {
        if (count == 0 || width == 0)
            throw array.Bad($"has the shape ({count}, {width}), so there are no numbers in it. Save it again.");
        if (width > VectorShape.MostNumbers)
            throw array.Bad($"has vectors of {width} numbers; the maximum is {VectorShape.MostNumbers}. Pool the features, or project them to fewer numbers.");
        if (count > int.MaxValue)
            throw array.Bad($"has {count} vectors, more than can be read. Save fewer.");
    }

    private Entry? Column(string[] names, long rows)
    {
        if (Named(names) is not { } entry)
            return null;
        return entry.FitsRows(rows) ? entry : throw entry.Array.Bad(
            $"has {entry.Type} of shape ({string.Join(", ", entry.Shape)}), but there are {rows} vectors. It must have one whole number or text for each, in the same order.");
    }

    private Entry? Named(string[] names) =>
        names.Select(name => arrays.FirstOrDefault(array => array.Name == name)).FirstOrDefault(array => array is not null)
        ?? names.Select(name => arrays.FirstOrDefault(array => array.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(array => array is not null);

    private string InWords() => arrays.Count == 0 ? "no arrays" : string.Join(", ", arrays.Take(10).Select(array => $"{array.Name}: {array.Type} ({string.Join(", ", array.Shape)})"));

    /// <summary>An array of the file.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type in words.</param>
    /// <param name="IsNumeric">Whether it has numbers that can be read.</param>
    /// <param name="Shape">Its shape.</param>
    /// <param name="FitsRows">Whether it has one label for each of that many rows.</param>
    /// <param name="Array">What messages call it.</param>
    internal sealed record Entry(string Name, string Type, bool IsNumeric, long[] Shape, Func<long, bool> FitsRows, ArrayOf Array);
}
