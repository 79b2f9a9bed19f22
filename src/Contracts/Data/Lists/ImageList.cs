using System.Globalization;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Data.Lists;

/// <summary>What a list contains.</summary>
public enum ListKind
{
    /// <summary>An image per row, and its class if the list has one.</summary>
    Images,

    /// <summary>Two images per row, and their relation if the list has one.</summary>
    Pairs,

    /// <summary>Three images per row: an anchor, another image of its class, and an image of another class.</summary>
    Triplets,
}

/// <summary>
/// A list of images, pairs or triplets in any common dialect: separated by commas, semicolons, tabs, bars or spaces, with or
/// without a header, with columns in any order, or like the pairs.txt of Labeled Faces in the Wild.
/// </summary>
public sealed class ImageList
{
    private readonly ListColumns _columns;
    private readonly VectorRows? _vectors;

    private ImageList(string path, IReadOnlyList<ListRow> rows, ListColumns columns, ListPaths paths, VectorRows? vectors = null)
    {
        _vectors = vectors;
        (Path, Rows, _columns, Paths) = (path, rows, columns, paths);
        Kind = columns.Images.Length switch { 1 => ListKind.Images, 2 => ListKind.Pairs, _ => ListKind.Triplets };
    }

    /// <summary>Full path of the list.</summary>
    public string Path { get; }

    public ListKind Kind { get; }

    /// <summary>The rows without the header.</summary>
    public IReadOnlyList<ListRow> Rows { get; }

    /// <summary>How its paths lead to files.</summary>
    public ListPaths Paths { get; }

    /// <summary>Names of the columns; null if the list has no header.</summary>
    public IReadOnlyList<string>? Header => _columns.Header;

    /// <summary>A sentence for the user on the first row, if it is a header; nothing otherwise. For lists in which it may be meant as data.</summary>
    public IEnumerable<string> HeaderRemark => Header is null ? [] : [$"The first row, {string.Join(',', Header)}, names no files; it is treated as a header."];

    public bool HasLabels => _columns.Label is not null || Kind is ListKind.Triplets;

    public bool HasClasses => _columns.Class is not null;

    public bool HasGroups => _columns.Group is not null;

    /// <summary>Whether a column says which images are forged.</summary>
    public bool HasKinds => _columns.Kind is not null;

    public bool HasSplits => _columns.Split is not null;

    /// <summary>What the name of the label column says that a 1 means; null if it says nothing.</summary>
    public Relation? OneMeans => _columns is { Label: { } label, Header: { } header } && label < header.Length ? LabelWords.MeaningOfOne(header[label]) : null;

    /// <param name="path">The list.</param>
    /// <param name="folder">The folder that its paths are relative to, if known; null tries those around the list and the working directory.</param>
    /// <param name="moved">The folder in which the list arrived from another machine, or null.</param>
    /// <exception cref="BadInputException">The list cannot be read, is empty, or can be read in two ways.</exception>
    public static ImageList Read(string path, string? folder = null, MovedFolder? moved = null)
    {
        path = System.IO.Path.GetFullPath(path);
        var table = ListTable.Read(path);
        if (table.Rows.Count == 0)
            throw new BadInputException($"{path} contains no rows. Write two image paths and a label in each, such as a.png,b.png,same.");
        if (LfwPairs.Recognizes(table))
        {
            var (rows, paths) = LfwPairs.Read(table, folder, moved);
            return new(path, rows, LfwPairs.Columns, paths);
        }

        var columns = ListColumns.Find(table);
        ListRow[] data = [.. table.Rows.Skip(columns.Header is null ? 0 : 1)];
        return new(path, data, columns, ListPaths.Find(path, folder, Sample(data, columns.Images), moved));
    }

    /// <summary>Reads a list that names rows of a file of vectors.</summary>
    /// <param name="path">The list.</param>
    /// <param name="vectors">The rows.</param>
    /// <exception cref="BadInputException">The list cannot be read, names no such rows, or can be read in two ways.</exception>
    public static ImageList Read(string path, VectorRows vectors)
    {
        path = System.IO.Path.GetFullPath(path);
        var table = ListTable.Read(path);
        if (table.Rows.Count == 0)
            throw new BadInputException($"{path} contains no rows. Write an id of {System.IO.Path.GetFileName(vectors.Path)} and a class in each, such as {vectors.Example},anna.");
        var columns = ListColumns.Find(table, vectors);
        return new(path, [.. table.Rows.Skip(columns.Header is null ? 0 : 1)], columns, new ListPaths(vectors), vectors);
    }

    /// <summary>What the files are that the list names.</summary>
    /// <param name="stated">What the user says; null if nothing.</param>
    public InputKinds Kinds(InputKinds? stated) => _vectors is not null ? InputKinds.Vectors : stated
        ?? (Rows.Count > 0 && _columns.Images[0] < Rows[0].Fields.Length && InputFiles.LooksLikeStrokes(Rows[0].Fields[_columns.Images[0]]) ? InputKinds.Strokes : InputKinds.Images);

    /// <summary>The images of a row as the list names them.</summary>
    /// <exception cref="BadInputException">The row has too few fields.</exception>
    public string[] ImagesOf(ListRow row) => [.. _columns.Images.Select(column => Field(row, column))];

    /// <summary>The class of a row's image.</summary>
    /// <exception cref="BadInputException">The row has too few fields.</exception>
    public string ClassOf(ListRow row) => Field(row, _columns.Class!.Value);

    /// <summary>The group of a row's image.</summary>
    /// <exception cref="BadInputException">The row has too few fields.</exception>
    public string GroupOf(ListRow row) => Field(row, _columns.Group!.Value);

    /// <summary>Whether a row's image is forged.</summary>
    /// <exception cref="BadInputException">The row does not say so.</exception>
    public bool IsForged(ListRow row) => ListColumns.IsForged(Header![_columns.Kind!.Value], Field(row, _columns.Kind.Value))
        ?? throw Bad(row, $"has '{row.Fields[_columns.Kind.Value]}' in the column {Header[_columns.Kind.Value]}. It must be genuine or forged, or 1 or 0");

    /// <summary>The split of a row's image.</summary>
    /// <exception cref="BadInputException">The row names no split.</exception>
    public SplitPart SplitOf(ListRow row) => PartNames.Of(Field(row, _columns.Split!.Value))
        ?? throw Bad(row, $"has the split '{row.Fields[_columns.Split.Value]}'. A split must be train, val or test");

    /// <summary>The relation of a row's pair, after <see cref="CheckLabels"/>.</summary>
    /// <param name="row">A row of a list of pairs with labels.</param>
    /// <param name="oneMeans">What a 1 means; null if not stated.</param>
    /// <exception cref="BadInputException">The label is missing or not understood.</exception>
    public Relation RelationOf(ListRow row, Relation? oneMeans)
    {
        var label = Field(row, _columns.Label!.Value);
        return LabelWords.Of(label) switch
        {
            LabelWord.Same => Relation.Same,
            LabelWord.Different => Relation.Different,
            LabelWord.One => (oneMeans ?? OneMeans)!.Value,
            LabelWord.Zero or LabelWord.MinusOne => (oneMeans ?? OneMeans)!.Value is Relation.Same ? Relation.Different : Relation.Same,
            _ => throw Bad(row, $"has the label '{label}'. A label must be 0 or 1, true or false, or same or different"),
        };
    }

    /// <summary>Checks that the labels have one meaning.</summary>
    /// <param name="oneMeans">What a 1 means; null if not stated.</param>
    /// <exception cref="BadInputException">
    /// It is not known what a 1 means, or 0 and -1 both occur, so that one of them may mean that the relation is not known.
    /// </exception>
    public void CheckLabels(Relation? oneMeans)
    {
        if (_columns.Label is not { } label)
            return;
        ListRow? Having(params LabelWord[] words) =>
            Rows.FirstOrDefault(row => label < row.Fields.Length && LabelWords.Of(row.Fields[label]) is { } word && words.Contains(word));
        if ((oneMeans ?? OneMeans) is null && Having(LabelWord.One, LabelWord.Zero, LabelWord.MinusOne) is { } open)
            throw MeaningUnknown(open);
        if (Having(LabelWord.Zero) is { } zero && Having(LabelWord.MinusOne) is { } minus)
        {
            throw new BadInputException(
                $"{Path} has the label 0 in row {zero.Line} and -1 in row {minus.Line}. If one of them marks pairs whose relation is not known, take its rows out; otherwise write both as the same label.");
        }
    }

    /// <summary>A row under both meanings of a 1, for a question to the user.</summary>
    private BadInputException MeaningUnknown(ListRow row)
    {
        var (images, label) = (ImagesOf(row), row.Fields[_columns.Label!.Value]);
        var isOne = LabelWords.Of(label) is LabelWord.One;
        return new(
            $"Data sets disagree on what a 1 means. Row {row.Line} of {Path}, {images[0]} and {images[1]} with {label}, is {(isOne ? "same" : "different")} with 'label-means' same and {(isOne ? "different" : "same")} with 'label-means' different. Add the right one; in the article's train.csv a 1 means different.");
    }

    private static string[] Sample(ListRow[] rows, int[] images) =>
        [.. rows.Take(ListTable.Sampled).SelectMany(row => images.Where(column => column < row.Fields.Length).Select(column => row.Fields[column])).Distinct()];

    private string Field(ListRow row, int column) => column < row.Fields.Length && row.Fields[column].Length > 0
        ? row.Fields[column]
        : throw Bad(row, string.Create(CultureInfo.InvariantCulture, $"has nothing in {ListColumns.Name(column, _columns.Header)}"));

    /// <summary>Sentences for the user on how the list was read.</summary>
    public IEnumerable<string> Remarks()
    {
        if (_vectors is null && !Paths.IsMoved && (Paths.Folder != System.IO.Path.GetDirectoryName(Path) || Paths.Dropped > 0))
        {
            yield return $"The paths in {System.IO.Path.GetFileName(Path)} are relative to {Paths.Folder}"
                + (Paths.Dropped > 0 ? string.Create(CultureInfo.InvariantCulture, $", without their first {(Paths.Dropped == 1 ? "folder" : $"{Paths.Dropped} folders")}.") : ".");
        }
    }

    /// <summary>The error of a row whose image does not exist.</summary>
    public BadInputException Missing(ListRow row, string image) => _vectors is not null
        ? Bad(row, $"names '{image}', but {System.IO.Path.GetFileName(_vectors.Path)} has no such {(_vectors.HaveIds ? "id" : "row")}, or several that end like it; it has {_vectors.Example}. Correct it, or take the row out")
        : Bad(row, $"names '{image}', but the file {Paths.PathOf(image)} does not exist. Correct the path, which is relative to {Paths.Folder}, or take the row out");

    /// <summary>An error in a row.</summary>
    public BadInputException Bad(ListRow row, string what) => new(string.Create(CultureInfo.InvariantCulture, $"{Path} row {row.Line} {what}."));
}
