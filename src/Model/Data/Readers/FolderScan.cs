using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// Finds the class folders below a folder: `class/image.png`, or `group/class/image.png`. It looks at most two levels
/// deep, so circular links cannot make it loop.
/// </summary>
internal sealed class FolderScan(string root)
{
    private readonly List<ClassFolder> _oneDeep = [];
    private readonly List<ClassFolder> _twoDeep = [];
    private readonly List<string> _remarks = [];
    private readonly List<string> _skipped = [];
    private readonly List<string> _empty = [];
    private readonly List<string> _tooDeep = [];

    /// <exception cref="BadInputException">No images, images without class folders, or both depths mixed.</exception>
    public (IReadOnlyList<ClassFolder> Classes, IReadOnlyList<string> Remarks) Run()
    {
        var loose = Images(root);
        foreach (var folder in Folders(root))
            ScanFolder(folder);
        if (_oneDeep.Count > 0 && _twoDeep.Count > 0)
        {
            throw new BadInputException(
                $"{root} mixes class/image (as in {_oneDeep[0].Name}) with group/class/image (as in {_twoDeep[0].Name}). Use one of the two throughout.");
        }

        if (_oneDeep.Count + _twoDeep.Count == 0)
            throw Nothing(loose);
        if (loose.Length > 0)
            Remark(loose, "Images left out because they are not in a class folder");
        Remark(_skipped, "Files left out because they are hidden or not PNG, JPEG, BMP or PGM");
        Remark(_empty, "Folders left out because they contain no images");
        Remark(_tooDeep, "Folders left out because they are below group/class");
        return (_oneDeep.Count > 0 ? _oneDeep : _twoDeep, _remarks);
    }

    private void ScanFolder(string folder)
    {
        var name = Path.GetFileName(folder);
        var images = Images(folder);
        if (images.Length > 0)
            _oneDeep.Add(new ClassFolder(folder, name, null, images));
        var before = _twoDeep.Count;
        foreach (var inner in Folders(folder))
        {
            var innerImages = Images(inner);
            var innerName = $"{name}/{Path.GetFileName(inner)}";
            if (innerImages.Length > 0)
                _twoDeep.Add(new ClassFolder(inner, innerName, name, innerImages));
            else
                _empty.Add(innerName);
            _tooDeep.AddRange(Folders(inner).Select(deep => $"{innerName}/{Path.GetFileName(deep)}"));
        }

        if (images.Length == 0 && _twoDeep.Count == before)
            _empty.Add(name);
    }

    private string[] Images(string folder)
    {
        var images = new List<string>();
        foreach (var name in Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (DataFiles.IsImage(name))
                images.Add(name);
            else
                _skipped.Add(Path.GetRelativePath(root, Path.Combine(folder, name)));
        }

        return [.. images];
    }

    private IEnumerable<string> Folders(string folder) => DataFiles.Folders(root, folder);

    private void Remark(IReadOnlyList<string> names, string what)
    {
        if (names.Count > 0)
            _remarks.Add($"{what}: {names.Count}, such as {names[0]}.");
    }

    private BadInputException Nothing(string[] loose) => new(loose.Length > 0
        ? $"{root} contains images but no class folders. Put the images of each class into their own folder, such as class/image.png."
        : $"{root} contains no PNG, JPEG, BMP or PGM images in class folders, and no IDX files. Lay it out as class/image.png or group/class/image.png.");
}

/// <summary>A folder with the images of one class.</summary>
/// <param name="Path">Path of the folder.</param>
/// <param name="Name">Name of the class: the folder's name, or `group/class`.</param>
/// <param name="Group">Name of its group, or null.</param>
/// <param name="Images">File names of its images, in ordinal order.</param>
internal sealed record ClassFolder(string Path, string Name, string? Group, string[] Images);
