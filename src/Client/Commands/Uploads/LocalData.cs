using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Data.Vectors;

namespace Siamese.Client.Commands.Uploads;

/// <summary>The files of a data set, as a silo would find them.</summary>
/// <param name="Name">Name of the folder or of the list.</param>
/// <param name="Folder">The folder that contains all of them.</param>
/// <param name="Files">Paths relative to the folder, with `/`, in ordinal order.</param>
/// <param name="Table">The list among them; null if the folder is the data set.</param>
/// <param name="NamesFullPaths">Whether the list names an image by its full path.</param>
/// <param name="ListFolder">The folder that the list's other paths are relative to, relative to <paramref name="Folder"/>; null without a list.</param>
/// <param name="Features">The file of vectors whose rows the list names, relative to <paramref name="Folder"/>; null if it names files.</param>
internal sealed record LocalData(
    string Name, string Folder, IReadOnlyList<string> Files, string? Table = null, bool NamesFullPaths = false, string? ListFolder = null, string? Features = null)
{
    /// <summary>What is not uploaded and how a list was read, in sentences for the user. A silo does not know.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <param name="source">Data at a path.</param>
    /// <exception cref="BadInputException">There is no usable data, or a list names missing files.</exception>
    public static LocalData Find(DataSource source)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path!));
        try
        {
            return Directory.Exists(path) ? OfFolder(path, source) : source.Features is { } features ? OfListedVectors(path, features) : VectorFiles.Recognizes(path) ? OfVectors(path) : OfList(path, source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    /// <summary>Full paths of files that are not in the folder on this machine.</summary>
    public IReadOnlyDictionary<string, string> Elsewhere { get; init; } = new Dictionary<string, string>();

    /// <summary>The path of a file on this machine.</summary>
    public string PathOf(string file) => Elsewhere.GetValueOrDefault(file) ?? Path.Combine(Folder, file);

    private static LocalData OfFolder(string folder, DataSource source)
    {
        var name = Path.GetFileName(folder) is { Length: > 0 } last ? last : folder;
        string[] files = [.. Directory.EnumerateFiles(folder).Where(path => DataFiles.IdxName().IsMatch(Path.GetFileName(path)))];
        if (files.Length > 0)
            return new(name, folder, InOrder(folder, files));
        var found = ImageFolders.Find(folder, source);
        return new(name, folder, InOrder(folder, found.Images.SelectMany(image => image.Files))) { Remarks = [.. found.LeftOut] };
    }

    private static LocalData OfVectors(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return new(Path.GetFileName(path), folder, InOrder(folder, [path, .. VectorFiles.Beside(path)]), Path.GetFileName(path));
    }

    /// <summary>A silo finds out whether the list names rows of the file.</summary>
    private static LocalData OfListedVectors(string list, string features)
    {
        string[] all = [list, features, .. VectorFiles.Beside(features)];
        var folder = all.Select(file => Path.GetDirectoryName(file)!).Aggregate(Shared);
        return new(Path.GetFileName(list), folder, InOrder(folder, all.Distinct()), Below(folder, list), Features: Below(folder, features));
    }

    private static LocalData OfList(string path, DataSource source)
    {
        var list = ImageList.Read(path, source.ListFolder);
        var (images, problems, namesFullPaths) = (new HashSet<string>(), new Problems(), false);
        foreach (var row in list.Rows)
        {
            problems.Try(() =>
            {
                foreach (var image in list.ImagesOf(row))
                {
                    var full = list.Paths.PathOf(image);
                    if (!images.Contains(full) && !list.Paths.Exists(full))
                        throw list.Missing(row, image);
                    images.Add(full);
                    namesFullPaths |= Path.IsPathRooted(image);
                }
            });
        }

        string[] remarks = [.. list.Remarks(), .. problems.Report(path, source.SkipsUnreadable, "whose missing files are not uploaded")];
        string[] strokes = list.Kinds(source.Inputs) is InputKinds.Both ? [.. images.Select(InputFiles.StrokesBeside).OfType<string>()] : [];
        string[] all = [path, .. images.Where(image => image != path), .. strokes];
        var folder = all.Select(file => Path.GetDirectoryName(file)!).Append(list.Paths.Folder).Aggregate(Shared);
        return new(Path.GetFileName(path), folder, InOrder(folder, all), Below(folder, path), namesFullPaths, Path.GetRelativePath(folder, list.Paths.Folder))
        {
            Remarks = remarks,
        };
    }

    /// <summary>The innermost folder that contains both.</summary>
    private static string Shared(string folder, string other)
    {
        while (Path.GetRelativePath(folder, other) is var way && (way == ".." || way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string[] InOrder(string folder, IEnumerable<string> files) => [.. files.Select(file => Below(folder, file)).Order(StringComparer.Ordinal)];

    private static string Below(string folder, string file) => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
