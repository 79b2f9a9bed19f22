using System.Text.RegularExpressions;

namespace Siamese.Contracts.Data;

/// <summary>Which files and folders below a data set's folder belong to it: what a silo reads and what a client uploads.</summary>
public static partial class DataFiles
{
    private static readonly string[] _imageExtensions = [".png", ".jpg", ".jpeg", ".bmp", ".pgm"];

    /// <summary>Whether a file of that name is taken for an image.</summary>
    public static bool IsImage(string name) =>
        !name.StartsWith('.') && _imageExtensions.Contains(Path.GetExtension(name).ToLowerInvariant());

    /// <summary>
    /// The name of an IDX file as MNIST has it, plain or `.gz`, with `-` or `.` before `idx`; a prefix, as EMNIST has it, may
    /// stand in front. `part` is train, t10k or test, `what` is images or labels.
    /// </summary>
    [GeneratedRegex(@"^(?:[^.].*[-_.])?(?<part>train|t10k|test)-(?<what>images|labels)[-.]idx[13]-ubyte(?:\.gz)?$", RegexOptions.ExplicitCapture)]
    public static partial Regex IdxName();

    /// <summary>The folders in a folder, in ordinal order, without hidden ones and links to a folder that they lie in.</summary>
    /// <param name="root">The data set's folder.</param>
    /// <param name="folder">That folder, or one below it.</param>
    public static IEnumerable<string> Folders(string root, string folder) => Directory.EnumerateDirectories(folder)
        .Where(path => !Path.GetFileName(path).StartsWith('.') && !LeadsBack(root, path))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether this is a link to a folder that it lies in, which would show the same images again.</summary>
    private static bool LeadsBack(string root, string path)
    {
        var link = new DirectoryInfo(path);
        if (link.LinkTarget is null)
            return false;
        try
        {
            var target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
            var rootTarget = new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root;
            return IsInside(path, target) || IsInside(rootTarget, target);
        }
        catch (IOException)
        {
            return true; // Links that lead to each other only.
        }
    }

    private static bool IsInside(string path, string folder) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
