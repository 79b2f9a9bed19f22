namespace Siamese.Contracts.Data.Lists;

/// <summary>A folder copied here from another machine. A CSV of pairs in it may name files by their full path there.</summary>
/// <param name="From">Its path on the other machine; null if no file is named by its full path.</param>
/// <param name="To">Its path here.</param>
public sealed record MovedFolder(string? From, string To)
{
    /// <summary>The path here of a file that had this full path there.</summary>
    public string Find(string path) => From is not null && IsInside(path, From) ? Path.Combine(To, Path.GetRelativePath(From, path)) : path;

    /// <summary>Whether this full path is inside the folder. No other file of this machine may be read instead.</summary>
    public bool Holds(string path) => IsInside(path, To);

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + (Path.GetPathRoot(folder) == folder ? "" : Path.DirectorySeparatorChar), StringComparison.Ordinal);
}
