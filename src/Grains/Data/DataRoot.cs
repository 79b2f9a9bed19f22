using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;

namespace Siamese.Grains.Data;

/// <summary>Which paths on a silo's machine clients may name as data. A path that they may not name is not looked at, so that nobody learns whether it exists.</summary>
public sealed class DataRoot
{
    /// <summary>Whether any path will do: only for a silo that serves one user of its own machine, and for tests. Default: yes.</summary>
    public bool IsEverywhere { get; set; } = true;

    /// <summary>The folder under which paths must lie; null if none is allowed.</summary>
    public string? Folder { get; set; }

    /// <summary>How to read data at a path: null for without limits, else within a folder.</summary>
    /// <exception cref="BadInputException">The path lies elsewhere.</exception>
    internal MovedFolder? Within(DataSource source)
    {
        if (IsEverywhere || source.Path is null)
            return null;
        if (Folder is not null && source.Path.Length > 0 && !source.Path.Contains('\0'))
        {
            var within = new MovedFolder(Folder, Folder);
            if (within.Holds(Path.GetFullPath(source.Path)))
                return within;
        }

        throw new BadInputException($"This silo does not read data at {source.Path}: let the client upload it, or name a folder under the silo's data root.");
    }
}
