using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Uploads;

/// <summary>The files that make up what `--data` names, as a silo would read them there.</summary>
/// <param name="Name">Name of the folder or of the CSV.</param>
/// <param name="Folder">The folder that all of them lie below.</param>
/// <param name="Files">Paths below it, with `/`, in ordinal order.</param>
/// <param name="Table">The CSV among them; null where the folder is the data set.</param>
/// <param name="NamesFullPaths">Whether the CSV names an image by its full path.</param>
internal sealed record LocalData(string Name, string Folder, IReadOnlyList<string> Files, string? Table = null, bool NamesFullPaths = false)
{
    /// <exception cref="BadInputException">There is nothing that can be data, or a CSV names what is not there.</exception>
    public static LocalData Find(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            if (Directory.Exists(path))
                return OfFolder(path);
            return path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                ? OfTable(path)
                : throw new BadInputException($"{path} is a file and no .csv of pairs. Give --data a folder of images, a folder of IDX files or a .csv.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). See that it may be read.", e);
        }
    }

    /// <summary>Where a file lies on this machine.</summary>
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
                $"{folder} holds no PNG, JPEG, BMP or PGM images in class folders, and no IDX files. Give a folder as class/image.png or group/class/image.png.");
    }

    private static IEnumerable<string> Images(string root) => (PartFolders.Find(root)?.All ?? [root]).SelectMany(InClasses);

    /// <summary>As deep as a silo looks: group/class/image.</summary>
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

    /// <summary>The innermost folder that both lie in.</summary>
    private static string Shared(string folder, string other)
    {
        while (Path.GetRelativePath(folder, other) is var way && (way == ".." || way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string[] InOrder(string folder, IEnumerable<string> files) => [.. files.Select(file => Below(folder, file)).Order(StringComparer.Ordinal)];

    private static string Below(string folder, string file) => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
