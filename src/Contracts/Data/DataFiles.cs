using System.Text.RegularExpressions;

namespace Siamese.Contracts.Data;

/// <summary>Decides which files and folders in a data set's folder belong to it: what a silo reads and a client uploads.</summary>
public static partial class DataFiles
{
    /// <summary>The formats of images in a sentence.</summary>
    public const string Formats = "PNG, JPEG, WebP, GIF, TIFF, BMP or PGM";

    private static readonly string[] _imageExtensions = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".pgm"];

    /// <summary>Extensions of images in formats that are not read, but named in messages.</summary>
    private static readonly string[] _otherExtensions = [".avif", ".heic", ".heif", ".jp2", ".j2k", ".jxl", ".ppm", ".pbm", ".pnm", ".svg", ".psd", ".tga", ".dib", ".ico", ".dcm"];

    private static readonly string[] _listExtensions = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];
    private static readonly string[] _archiveExtensions = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".7z", ".rar"];

    /// <summary>Whether a file with this name counts as an image.</summary>
    public static bool IsImage(string name) =>
        !name.StartsWith('.') && _imageExtensions.Contains(Path.GetExtension(name).ToLowerInvariant());

    /// <summary>Whether a file with this name is an image in a format that is not read.</summary>
    public static bool IsOtherImage(string name) =>
        !name.StartsWith('.') && _otherExtensions.Contains(Path.GetExtension(name).ToLowerInvariant());

    /// <summary>Why a file is left out that is not an image, after "they".</summary>
    public static string WhyNot(string name) => name.StartsWith('.') ? "are hidden"
        : IsOtherImage(name) ? $"are {Path.GetExtension(name)[1..].ToUpperInvariant()} images, which cannot be read"
        : $"are not {Formats}";

    /// <summary>Whether a text looks like the path of an image, in a format that is read or not.</summary>
    public static bool LooksLikeImage(string text) =>
        text.LastIndexOf('.') is var dot and >= 0 && text[dot..].ToLowerInvariant() is var extension
        && (_imageExtensions.Contains(extension) || _otherExtensions.Contains(extension));

    /// <summary>What else a folder contains that may be the data, as sentences for the user after a space; empty if nothing.</summary>
    public static string Hint(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];
        var (list, archive) = (First(_listExtensions), First(_archiveExtensions));
        return (list is null ? "" : $" If {list} lists the images, give it with 'data'.") + (archive is null ? "" : $" If {archive} contains the images, unpack it.");

        string? First(string[] extensions) =>
            Array.Find(files, file => extensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// Matches names of IDX files as in MNIST, plain or `.gz`, with `-` or `.` before `idx` and an optional prefix as in
    /// EMNIST. `part` is train, t10k or test; `what` is images or labels.
    /// </summary>
    [GeneratedRegex(@"^(?:[^.].*[-_.])?(?<part>train|t10k|test)-(?<what>images|labels)[-.]idx[13]-ubyte(?:\.gz)?$", RegexOptions.ExplicitCapture)]
    public static partial Regex IdxName();

    /// <summary>The folders in a folder, in ordinal order, without hidden folders and links to one of their parents.</summary>
    /// <param name="root">The data set's folder.</param>
    /// <param name="folder">The data set's folder, or one below it.</param>
    public static IEnumerable<string> Folders(string root, string folder) => Directory.EnumerateDirectories(folder)
        .Where(path => !Path.GetFileName(path).StartsWith('.') && !LeadsBack(root, path))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether this is a link to one of its parent folders, which would list the same images again.</summary>
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
            return true; // A cycle of links.
        }
    }

    private static bool IsInside(string path, string folder) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
