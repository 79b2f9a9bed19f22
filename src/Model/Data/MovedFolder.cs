namespace Siamese.Model.Data;

/// <summary>A folder that was brought here from another machine. A CSV of pairs in it may name files by their full path there.</summary>
/// <param name="From">Where it lay; null where no file is named so.</param>
/// <param name="To">Where it lies.</param>
public sealed record MovedFolder(string? From, string To)
{
    /// <summary>Where a file lies that was at that full path.</summary>
    public string Find(string path) => From is not null && IsInside(path, From) ? Path.Combine(To, Path.GetRelativePath(From, path)) : path;

    /// <summary>Whether a file at that full path came with the folder. No other file of this machine is read in its place.</summary>
    public bool Holds(string path) => IsInside(path, To);

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + (Path.GetPathRoot(folder) == folder ? "" : Path.DirectorySeparatorChar), StringComparison.Ordinal);
}
