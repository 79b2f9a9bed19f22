using Siamese.Contracts;

namespace Siamese.Model.Data;

/// <summary>A folder of images with one folder for each class, or two deep as `group/class`.</summary>
internal static class ImageFolder
{
    /// <exception cref="BadInputException">The folder is laid out otherwise, or an image cannot be read.</exception>
    public static LabelledImages Read(string folder, InputShape input, CancellationToken cancellation)
    {
        var (classes, remarks) = new FolderScan(folder).Run();
        var labels = classes.SelectMany((found, label) => Enumerable.Repeat(label, found.Images.Length)).ToArray();
        CheckCounts(classes);
        var files = classes.SelectMany(found => found.Images.Select(image => Path.Combine(found.Path, image))).ToArray();
        var read = ImageFiles.Read([.. files.Select(file => (file, file))], input, cancellation);
        var names = classes.SelectMany(found => found.Images.Select(image => $"{found.Name}/{image}"));
        return new LabelledImages
        {
            Source = folder,
            Images = new ImageSet(input, read.Pixels, labels),
            Classes = [.. classes.Select(found => found.Name)],
            GroupOfClass = classes[0].Group is null ? null : [.. classes.Select(found => found.Group!)],
            Contents = read.Contents(),
            Content = ContentHash.Of(names.Zip(read.Sha256).OrderBy(file => file.First, StringComparer.Ordinal)),
            Drawers = DrawerNames.Read(classes.SelectMany(found => found.Images)),
            Remarks = remarks,
        };
    }

    /// <summary>Before a single image is decoded.</summary>
    private static void CheckCounts(IReadOnlyList<ClassFolder> classes)
    {
        if (classes.FirstOrDefault(found => found.Images.Length == 1) is { } single)
        {
            throw new BadInputException(
                $"{single.Path} holds only one image, so its class has no pair that is the same. Add images to it or take the folder out.");
        }
    }
}
