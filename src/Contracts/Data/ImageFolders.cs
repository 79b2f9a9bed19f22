using System.Globalization;

namespace Siamese.Contracts.Data;

/// <summary>
/// Finds the images of a folder: one folder per class, or two levels deep as group/class; these may be inside folders of
/// splits. It looks at most three levels deep, so circular links cannot make it loop.
/// </summary>
public static class ImageFolders
{
    /// <summary>If at most this share of images is at another depth than the rest, it is left out; more is ambiguous.</summary>
    private const double Stray = 0.1;

    /// <param name="root">Full path of the folder.</param>
    /// <param name="source">What the user says about its folders and about the images' names.</param>
    /// <exception cref="BadInputException">There are no images, no classes, or it is not clear what the folders are.</exception>
    public static FoundImages Find(string root, DataSource source)
    {
        var kinds = InputFiles.In(root, source.Inputs, areLoose: source.ClassFrom is not null);
        if (kinds is InputKinds.Vectors)
            throw new BadInputException($"{root} contains .npy files. A data set of vectors is one file with a row for each item: put them into one array, and give that file with 'data'.");
        return (source.ClassFrom is { } pattern ? ClassPattern.Parse(pattern).Find(root, kinds) : In(root, kinds, source.FoldersAre) ?? Deeper(root, kinds, source.FoldersAre)).With(kinds);
    }

    /// <summary>The images of a folder; null if there are none where they are expected.</summary>
    private static FoundImages? In(string root, InputKinds kinds, FoldersAre? stated)
    {
        if (PartFolders.Find(root, kinds, stated) is not { } parts)
            return InFolder(root, root, kinds, null, stated) is { Images.Count: > 0 } found ? found : null;
        var (remarks, leftOut) = (new List<string>(), new List<string>());
        if (parts.Others.Count > 0)
            leftOut.Add($"Folders beside those of the splits are left out: {string.Join(", ", parts.Others.Select(folder => Path.GetFileName(folder)))}.");
        if (parts.Test is null)
            remarks.Add($"There is no folder of test images, so they are taken from {Path.GetFileName(parts.Training)}.");
        var images = new List<FoundImage>();
        foreach (var (folder, part) in new[] { (parts.Training, SplitPart.Training), (parts.Validation, SplitPart.Validation), (parts.Test, SplitPart.Test) })
        {
            if (folder is null)
                continue;
            var inPart = InFolder(root, folder, kinds, part, stated);
            if (inPart.Images.Count == 0)
                throw Nothing(folder, kinds);
            images.AddRange(inPart.Images);
            remarks.AddRange(inPart.Remarks);
            leftOut.AddRange(inPart.LeftOut);
        }

        if (images.DistinctBy(image => image.Group is null).ToArray() is [var one, var other, ..])
            throw new BadInputException($"{root} mixes class/image and group/class/image (such as {one.Path} and {other.Path}). Use one of the two throughout.");
        return new(images, remarks, leftOut);
    }

    /// <summary>The images of a folder with one folder for each name, whatever the names are.</summary>
    /// <param name="root">Full path of the folder.</param>
    public static FoundImages ByName(string root)
    {
        var scan = new FolderScan(root, InputFiles.In(root, null));
        return new(
            [.. scan.OneDeep.SelectMany(named => named.Images.Select(image => new FoundImage(Path.Combine(named.Path, image), $"{named.Name}/{image}", named.Name, null, null)))],
            [],
            [.. scan.Remarks(), .. scan.TwoDeep.Take(1).Select(deep => $"Images left out because they are below the folders of names: {Count(scan.TwoDeep)}, such as {deep.Name}/{deep.Images[0]}.")]);
    }

    /// <summary>The images of a folder, as class/image or group/class/image; none if there are none in such folders.</summary>
    private static FoundImages InFolder(string root, string folder, InputKinds kinds, SplitPart? part, FoldersAre? stated)
    {
        var scan = new FolderScan(folder, kinds);
        var (classes, groups) = (Count(scan.OneDeep), Count(scan.TwoDeep));
        var isDeep = stated is FoldersAre.Groups || (stated is not FoldersAre.Classes && groups > classes);
        var (chosen, stray) = isDeep ? (scan.TwoDeep, scan.OneDeep) : (scan.OneDeep, scan.TwoDeep);
        if ((stated is null or FoldersAre.Splits) && Math.Min(classes, groups) > Stray * (classes + groups))
        {
            throw new BadInputException(
                $"{folder} mixes class/image (as in {scan.OneDeep[0].Name}) with group/class/image (as in {scan.TwoDeep[0].Name}). Use one of the two throughout, or add 'folders-are' classes or 'folders-are' groups to leave the others out.");
        }

        var leftOut = scan.Remarks().ToList();
        if (stray.Count > 0)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{kinds.CapitalNoun()} left out because they are {(isDeep ? "above" : "below")} the folders of classes: {Count(stray)}, in {stray[0].Name}{(stray.Count > 1 ? " and others" : "")}."));
        return new(
            [.. (stated is null ? ForgedFolders.Recognise(folder, chosen, part is null ? "classes" : "splits") : chosen).SelectMany(ofClass => ofClass.Images.Select(image => new FoundImage(
                Path.Combine(ofClass.Path, image),
                part is null ? ofClass.PathBelow(folder, image) : ofClass.PathBelow(root, image),
                ofClass.Name, ofClass.Group, part, ofClass.IsForged)))],
            [.. stated is null && isDeep ? InSeveralGroups(chosen) : []], leftOut);
    }

    /// <returns>A sentence for the user if folders of different groups have the same name; else nothing.</returns>
    private static IEnumerable<string> InSeveralGroups(IEnumerable<ClassFolder> classes)
    {
        var shared = classes.GroupBy(ofClass => Path.GetFileName(ofClass.Path)).Select(named => named.ToArray()).Where(named => named.Length > 1).ToArray();
        if (shared.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Names of classes in more than one group: {shared.Length}, such as {shared[0][0].Name} and {shared[0][1].Name}. They are read as different classes; if they are the same, add 'class-from' '*/{{class}}/*'.");
        }
    }

    /// <summary>The images of the only folder in a folder that has images in classes; people unpack archives like that.</summary>
    private static FoundImages Deeper(string root, InputKinds kinds, FoldersAre? stated)
    {
        var inside = DataFiles.Folders(root, root).Select(folder => (Folder: folder, Found: In(folder, kinds, stated))).Where(inner => inner.Found is not null).Take(2).ToArray();
        return inside switch
        {
            [] => throw Nothing(root, kinds),
            [var (only, found)] => found! with { Remarks = [$"Read from {only}, the only folder in {root} that contains images in class folders.", .. found.Remarks] },
            _ => throw new BadInputException(
                $"{root} contains several data sets, such as {inside[0].Folder} and {inside[1].Folder}, whose images are deeper than group/class/image. Give one of these folders with 'data'."),
        };
    }

    private static int Count(IEnumerable<ClassFolder> folders) => folders.Sum(folder => folder.Images.Length);

    private static BadInputException Nothing(string folder, InputKinds kinds) => new(Directory.EnumerateFiles(folder).Any(file => kinds.Counts(Path.GetFileName(file)))
        ? $"{folder} contains {kinds.Noun()} but no class folders. Put those of each class into their own folder, such as class/1{Extension(kinds)}; or name the class in the files' names with 'class-from', such as {{class}}_{{n}}{Extension(kinds)}; or give the folder above with 'data'."
        : $"{folder} contains no {InputFiles.FormatsOf(kinds)} in class folders, and no IDX files. Lay it out as class/1{Extension(kinds)} or group/class/1{Extension(kinds)}.{DataFiles.Hint(folder)}");

    private static string Extension(InputKinds kinds) => kinds is InputKinds.Strokes ? ".txt" : ".png";
}
