namespace Siamese.Contracts.Data;

/// <summary>The folders of a data set that has its own splits; each contains class/image or group/class/image.</summary>
/// <param name="Training">The folder of training images.</param>
/// <param name="Validation">The folder of validation images; null if they are to be taken from the training images.</param>
/// <param name="Test">The folder of test images; null if they are to be taken from the training images.</param>
/// <param name="Others">Other folders beside them, which are left out.</param>
public sealed record PartFolders(string Training, string? Validation, string? Test, IReadOnlyList<string> Others)
{
    /// <summary>The folders in the order training, validation, test.</summary>
    public IEnumerable<string> All => new[] { Training, Validation, Test }.OfType<string>();

    /// <summary>The splits in a folder; null if its folders are classes or groups.</summary>
    /// <param name="root">The data set's folder.</param>
    /// <param name="kinds">What the data has.</param>
    /// <param name="stated">What the user says that its folders are; null if nothing.</param>
    /// <exception cref="BadInputException">The folders look like splits, but may be something else, or are not the splits that the user says.</exception>
    public static PartFolders? Find(string root, InputKinds kinds, FoldersAre? stated)
    {
        if (stated is FoldersAre.Classes or FoldersAre.Groups)
            return null;
        string[] folders = [.. DataFiles.Folders(root, root)];
        var parts = ByPart(folders, PartNames.Of);
        if (!AreSplits(parts))
        {
            var alike = ByPart(folders, PartNames.Within);
            if (!AreSplits(alike))
            {
                return stated is null ? null : throw new BadInputException(
                    $"{root} has no folders of splits. Name them train and test, and optionally val, or leave 'folders-are' out.");
            }

            if (stated is null)
            {
                throw new BadInputException(
                    $"{alike[SplitPart.Training].First()} and {alike[SplitPart.Validation].Concat(alike[SplitPart.Test]).First()} may be splits. Add 'folders-are' splits if they are, 'folders-are' groups if they are groups of classes, or 'folders-are' classes if they are classes.");
            }

            parts = alike;
        }

        string[] Named(SplitPart part) => [.. parts[part]];
        var (training, validation, test) = (Named(SplitPart.Training), Named(SplitPart.Validation), Named(SplitPart.Test));
        if (new[] { training, validation, test }.FirstOrDefault(named => named.Length > 1) is { } twice)
            throw new BadInputException($"{twice[0]} and {twice[1]} are both named like the same split. Merge them, or add 'folders-are' classes or 'folders-are' groups if they are none.");
        string[] named = [.. training, .. validation, .. test];
        if (stated is null && named.FirstOrDefault(folder => HasImages(folder, kinds)) is { } direct)
        {
            throw new BadInputException(
                $"{direct} is named like a split but contains images without class folders. If it is a class, add 'folders-are' classes; if it is a split, put the images of each class into a folder of their own in it.");
        }

        string[] others = [.. parts[null]];
        if (stated is null && others.FirstOrDefault(folder => HasImagesBelow(folder, kinds)) is { } other)
        {
            throw new BadInputException(
                $"{training[0]} and {named[1]} are named like splits, but {other} beside them contains images too. Add 'folders-are' splits to leave it out, 'folders-are' groups if all are groups of classes, or 'folders-are' classes if all are classes.");
        }

        return new(training[0], validation.FirstOrDefault(), test.FirstOrDefault(), others);
    }

    private static ILookup<SplitPart?, string> ByPart(string[] folders, Func<string, SplitPart?> partOf) =>
        folders.ToLookup(folder => partOf(Path.GetFileName(folder)));

    /// <summary>Whether these are training images and others.</summary>
    private static bool AreSplits(ILookup<SplitPart?, string> parts) =>
        parts.Contains(SplitPart.Training) && (parts.Contains(SplitPart.Validation) || parts.Contains(SplitPart.Test));

    private static bool HasImages(string folder, InputKinds kinds) => Directory.EnumerateFiles(folder).Any(file => kinds.Counts(Path.GetFileName(file)));

    /// <summary>Whether the folder contains images as a class, or as a group of classes.</summary>
    private static bool HasImagesBelow(string folder, InputKinds kinds) =>
        DataFiles.Folders(folder, folder).Prepend(folder).Any(inner => HasImages(inner, kinds));
}
