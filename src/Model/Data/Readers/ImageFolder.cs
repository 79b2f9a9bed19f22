using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// A folder of images with one folder per class, or two levels deep as `group/class`. If these are inside `train`, `test`
/// and optionally `val`, those are the splits.
/// </summary>
internal static class ImageFolder
{
    /// <exception cref="BadInputException">The folder has another layout, or an image cannot be read.</exception>
    public static LabelledImages Read(string folder, InputShape input, CancellationToken cancellation)
    {
        var parts = PartFolders.Find(folder);
        var scans = (parts?.All ?? [folder]).Select(root => new FolderScan(root).Run()).ToArray();
        ClassFolder[] found = [.. scans.SelectMany(scan => scan.Classes)];
        CheckCounts(folder, found);
        string[] classes = [.. found.Select(ofClass => ofClass.Name).Distinct()];
        var labels = found.SelectMany(ofClass => Enumerable.Repeat(Array.IndexOf(classes, ofClass.Name), ofClass.Images.Length)).ToArray();
        var files = found.SelectMany(ofClass => ofClass.Images.Select(image => Path.Combine(ofClass.Path, image))).ToArray();
        var read = ImageFiles.Read([.. files.Select(file => (file, file))], input, cancellation);
        var names = parts is null
            ? found.SelectMany(ofClass => ofClass.Images.Select(image => $"{ofClass.Name}/{image}"))
            : files.Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
        return new LabelledImages
        {
            Source = folder,
            Images = new ImageSet(input, read.Pixels, labels),
            Classes = classes,
            GroupOfClass = found[0].Group is null ? null : [.. found.DistinctBy(ofClass => ofClass.Name).Select(ofClass => ofClass.Group!)],
            Contents = read.Contents(),
            Content = ContentHash.Of(names.Zip(read.Sha256).OrderBy(file => file.First, StringComparer.Ordinal)),
            Given = parts is null ? null : GivenBy(scans, hasValidation: parts.Validation is not null),
            Drawers = DrawerNames.Read(found.SelectMany(ofClass => ofClass.Images)),
            Remarks = [.. scans.SelectMany(scan => scan.Remarks)],
        };
    }

    private static GivenSplit GivenBy((IReadOnlyList<ClassFolder> Classes, IReadOnlyList<string> Remarks)[] scans, bool hasValidation)
    {
        int[] counts = [.. scans.Select(scan => scan.Classes.Sum(ofClass => ofClass.Images.Length))];
        return new GivenSplit(counts[0], hasValidation ? counts[0] + counts[1] : counts[0]);
    }

    /// <summary>Called before any image is decoded.</summary>
    private static void CheckCounts(string folder, ClassFolder[] found)
    {
        if (found.GroupBy(ofClass => ofClass.Name).FirstOrDefault(ofClass => ofClass.Sum(part => part.Images.Length) == 1) is { } single)
        {
            throw new BadInputException(
                $"{single.First().Path} contains only one image, so its class has no same pair. Add images to it or take the folder out.");
        }

        if (found.DistinctBy(ofClass => ofClass.Group is null).ToArray() is [var one, var other, ..])
            throw new BadInputException($"{folder} mixes class/image and group/class/image (such as {one.Path} and {other.Path}). Use one of the two throughout.");
    }
}
