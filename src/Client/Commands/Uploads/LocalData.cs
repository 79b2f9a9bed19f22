using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Commands.Uploads;

/// <summary>The files of the data set that `--data` names, as a silo would find them.</summary>
/// <param name="Name">Name of the folder or of the CSV.</param>
/// <param name="Folder">The folder that contains all of them.</param>
/// <param name="Files">Paths relative to the folder, with `/`, in ordinal order.</param>
/// <param name="Table">The CSV among them; null if the folder is the data set.</param>
/// <param name="NamesFullPaths">Whether the CSV names an image by its full path.</param>
internal sealed record LocalData(string Name, string Folder, IReadOnlyList<string> Files, string? Table = null, bool NamesFullPaths = false)
{
    /// <exception cref="BadInputException">There is no usable data, or a CSV names a missing file.</exception>
    public static LocalData Find(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            if (Directory.Exists(path))
                return OfFolder(path);
            return path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                ? OfTable(path)
                : throw new BadInputException($"{path} is a file but not a .csv of pairs. Give --data a folder of images, a folder of IDX files or a .csv.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    /// <summary>The path of a file on this machine.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    private static LocalData OfFolder(string folder)
    {
        var name = Path.GetFileName(folder) is { Length: > 0 } last ? last : folder;
        var files = Names(folder, file => DataFiles.IdxName().IsMatch(file)).ToList();
        if (files.Count == 0)
            files = [.. Images(folder)];
        return files.Count > 0
            ? new(name, folder, InOrder(folder, files))
            : throw new BadInputException(
                $"{folder} contains no PNG, JPEG, BMP or PGM images in class folders, and no IDX files. Arrange images as class/image.png or group/class/image.png.");
    }

    private static IEnumerable<string> Images(string root) => (PartFolders.Find(root)?.All ?? [root]).SelectMany(InClasses);

    /// <summary>As deep as a silo searches: group/class/image.</summary>
    private static IEnumerable<string> InClasses(string root)
    {
        string[] classes = [.. DataFiles.Folders(root, root)];
        string[] all = [root, .. classes, .. classes.SelectMany(folder => DataFiles.Folders(root, folder))];
        return all.SelectMany(folder => Names(folder, DataFiles.IsImage));
    }

    private static IEnumerable<string> Names(string folder, Func<string, bool> isWanted) =>
        Directory.EnumerateFiles(folder).Where(path => isWanted(Path.GetFileName(path)));

    private static LocalData OfTable(string path)
    {
        var images = new NamedImages(path);
        images.Read();
        string[] all = [path, .. images.Paths.Where(image => image != path)];
        var folder = all.Select(file => Path.GetDirectoryName(file)!).Aggregate(Shared);
        return new(Path.GetFileName(path), folder, InOrder(folder, all), Below(folder, path), images.NamesFullPaths);
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
