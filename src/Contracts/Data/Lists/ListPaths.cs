namespace Siamese.Contracts.Data.Lists;

/// <summary>
/// How the paths in a list lead to files: relative to the list's folder, to a folder beside it or to the working directory,
/// with `/` or `\`, and without the drive or leading folders of the machine on which the list was written.
/// </summary>
public sealed record ListPaths
{
    /// <summary>Folders beside a list that are tried.</summary>
    private const int MostFolders = 200;

    private const int FewTried = 4;

    private readonly MovedFolder? _moved;
    private readonly VectorRows? _rows;

    private ListPaths(string folder, int dropped, bool hasBackslashes, MovedFolder? moved) =>
        (Folder, Dropped, HasBackslashes, _moved) = (folder, dropped, hasBackslashes, moved);

    /// <summary>The names in a list are rows of a file of vectors, and lead to no files.</summary>
    internal ListPaths(VectorRows rows) : this(rows.Path, 0, hasBackslashes: false, null) => _rows = rows;

    /// <summary>Whether the list arrived from another machine, where the user knows its folders.</summary>
    public bool IsMoved => _moved is not null;

    /// <summary>Full path of the folder that paths are relative to.</summary>
    public string Folder { get; }

    /// <summary>Number of leading folders that are left out of every path that does not exist as it is.</summary>
    public int Dropped { get; }

    /// <summary>Whether a backslash separates folders.</summary>
    public bool HasBackslashes { get; }

    /// <summary>
    /// The way that leaves out the fewest folders and leads every path of the sample to a file; else the one that leads most of
    /// them to one. The list's own folder comes first, then the working directory.
    /// </summary>
    /// <param name="list">Full path of the list.</param>
    /// <param name="folder">The folder that paths are relative to, if known; null tries those around the list and the working directory.</param>
    /// <param name="sample">Paths as the list has them.</param>
    /// <param name="moved">The folder in which the list arrived from another machine, or null.</param>
    /// <exception cref="BadInputException">Two folders beside the list have files with all these paths.</exception>
    internal static ListPaths Find(string list, string? folder, IReadOnlyList<string> sample, MovedFolder? moved)
    {
        var most = (Found: -1, Paths: (ListPaths?)null);
        foreach (var ways in Ways(list, folder, sample, moved))
        {
            var fitting = new List<ListPaths>();
            foreach (var paths in ways)
            {
                var found = paths.Count(sample);
                if (found > most.Found)
                    most = (found, paths);
                if (found < sample.Count)
                    continue;
                fitting.Add(paths);
                if (paths.Folder == Path.GetDirectoryName(list) || paths.Folder == Directory.GetCurrentDirectory())
                    break;
            }

            if (fitting is [var one, var other, ..] && one.PathOf(sample[0]) != other.PathOf(sample[0]))
            {
                throw new BadInputException(
                    $"{list} can be read in two ways: its first image, {sample[0]}, may be {one.PathOf(sample[0])} or {other.PathOf(sample[0])}. Write paths relative to the list's folder, or run the command in the right folder.");
            }

            if (fitting.Count > 0)
                return fitting[0];
        }

        return most.Paths!;
    }

    /// <summary>The full path of the file that a field names. A field that cannot be a path stays as it is; no file has that name.</summary>
    /// <remarks>A field that names a row of a file of vectors becomes the name of the row; no other row has that name.</remarks>
    public string PathOf(string field)
    {
        if (_rows is not null)
            return _rows.Find(field) is { } row ? _rows.NameOf(row) : field;
        if (field.Contains('\0'))
            return field;
        if (Path.IsPathRooted(field))
        {
            var full = Path.GetFullPath(field);
            full = _moved?.Find(full) ?? full;
            if (Exists(full))
                return full;
        }

        var way = HasBackslashes ? field.Replace('\\', '/') : field;
        var isElsewhere = way.StartsWith('/') || way is [_, ':', '/', ..];
        return Path.GetFullPath(Dropped == 0 && !isElsewhere ? way : string.Join('/', Collapsed(way).Skip(Dropped)), Folder);
    }

    /// <summary>The row of a file of vectors with this name, as <see cref="PathOf"/> gives it; null if the names lead to files, or there is no such row.</summary>
    public int? RowOf(string name) => _rows?.RowOf(name);

    /// <summary>Number of paths that lead to a file. If none of the first few does, the others are not tried.</summary>
    private int Count(IReadOnlyList<string> sample)
    {
        var found = 0;
        for (var i = 0; i < sample.Count; i++)
        {
            found += Exists(PathOf(sample[i])) ? 1 : 0;
            if (i == FewTried && found == 0)
                return 0;
        }

        return found;
    }

    /// <summary>Whether a file with this full path exists and may be read.</summary>
    public bool Exists(string full) => _rows is not null ? RowOf(full) is not null : (_moved?.Holds(full) ?? true) && File.Exists(full);

    /// <summary>Simple ways first: fewest folders left out. Those in one group differ in the folder, the list's own first.</summary>
    private static IEnumerable<IEnumerable<ListPaths>> Ways(string list, string? folder, IReadOnlyList<string> sample, MovedFolder? moved)
    {
        string[] folders = folder is not null ? [folder] : [.. Folders(Path.GetDirectoryName(list)!).Distinct()];
        bool[] slashes = sample.Any(field => field.Contains('\\')) ? [false, true] : [false];
        var deepest = sample.Count == 0 ? 0 : sample.Max(field => Collapsed(field.Replace('\\', '/')).Count) - 1;
        for (var dropped = 0; dropped <= deepest; dropped++)
        {
            foreach (var hasBackslashes in slashes)
            {
                yield return folders.Select(one => new ListPaths(one, dropped, hasBackslashes, moved));
            }
        }

        if (deepest < 0)
            yield return [new(folders[0], 0, hasBackslashes: false, moved)];
    }

    private static IEnumerable<string> Folders(string own)
    {
        yield return own;
        yield return Directory.GetCurrentDirectory();
        foreach (var below in Below(own))
            yield return below;
        if (Path.GetDirectoryName(own) is { } parent)
        {
            yield return parent;
            foreach (var beside in Below(parent))
                yield return beside;
        }
    }

    private static string[] Below(string folder)
    {
        try
        {
            return DataFiles.Folders(folder, folder).Take(MostFolders).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The folders and the name of a path, without a drive, and without `..` where the folder before it is known.</summary>
    private static List<string> Collapsed(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "..") && !(parts.Count == 0 && part is [_, ':']))
                parts.Add(part);
        }

        return parts;
    }
}
