using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands.Galleries;

/// <summary>
/// Images to enroll in bulk: a folder with a subfolder of images for each name, or a list with a name and an image path per
/// row.
/// </summary>
internal sealed class ImagesToEnroll
{
    private ImagesToEnroll(IReadOnlyList<(string Name, string Path)> all, IReadOnlyList<string> remarks) => (All, Remarks) = (all, remarks);

    /// <summary>Names and paths, sorted by folder and file name, or in the order of the rows.</summary>
    public IReadOnlyList<(string Name, string Path)> All { get; }

    /// <summary>What was left out and how a list was read, in sentences for the user.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <exception cref="BadInputException">There is no such folder or list, it cannot be read, contains nothing to enroll, or names are not valid.</exception>
    public static ImagesToEnroll Find(string path)
    {
        if (!Path.Exists(path))
            throw new BadInputException($"There is no folder or list '{path}' to enroll from.");
        path = Path.GetFullPath(path);
        try
        {
            return Directory.Exists(path) ? OfFolder(path) : OfList(ImageList.Read(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    private static ImagesToEnroll OfFolder(string folder)
    {
        var found = ImageFolders.ByName(folder);
        if (found.Images.Count == 0)
            throw new BadInputException(string.Join(' ', [$"{folder} contains no images to enroll. Give a folder with a subfolder of images for each name.", .. found.LeftOut]));
        var problems = new Problems();
        foreach (var name in found.Images.DistinctBy(image => image.Class))
            problems.Try(() => Check(name.Class, Path.GetDirectoryName(name.Path)!));
        problems.ThrowIfAny(folder);
        return new([.. found.Images.Select(image => (image.Class, image.Path))], found.LeftOut);
    }

    private static ImagesToEnroll OfList(ImageList list)
    {
        if (list.Kind is not ListKind.Images || !list.HasClasses)
            throw new BadInputException($"{list.Path} does not have a name and an image per row. Write rows as anna,anna.png.");
        var (all, problems) = (new List<(string, string)>(), new Problems());
        foreach (var row in list.Rows)
        {
            problems.Try(() =>
            {
                var (name, image) = (list.ClassOf(row), list.ImagesOf(row)[0]);
                Check(name, FormattableString.Invariant($"{list.Path} row {row.Line}"));
                all.Add((name, list.Paths.PathOf(image)));
            });
        }

        problems.ThrowIfAny(list.Path);
        return new(all, [.. list.HeaderRemark, .. list.Remarks()]);
    }

    private static void Check(string name, string where)
    {
        try
        {
            ReferenceName.Check(name);
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{where}: {e.Message}", e);
        }
    }
}
