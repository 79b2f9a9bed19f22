namespace Siamese.Contracts.Data;

/// <summary>The folders of a data set that has its own splits; each contains class/image or group/class/image.</summary>
/// <param name="Training">The folder `train` or `training`.</param>
/// <param name="Validation">The folder `val` or `validation`; null if validation images are to be taken from the training images.</param>
/// <param name="Test">The folder `test`.</param>
public sealed record PartFolders(string Training, string? Validation, string Test)
{
    private static readonly string[] _training = ["train", "training"], _validation = ["val", "validation"], _test = ["test"];

    /// <summary>The folders in the order training, validation, test.</summary>
    public IEnumerable<string> All => Validation is null ? [Training, Test] : [Training, Validation, Test];

    /// <summary>
    /// Finds these folders in a folder that contains no others. Null for any other layout, or if they directly contain
    /// images and so are classes.
    /// </summary>
    public static PartFolders? Find(string root)
    {
        string[] folders = [.. DataFiles.Folders(root, root)];
        string[] Named(string[] names) => [.. folders.Where(folder => names.Contains(Path.GetFileName(folder).ToLowerInvariant()))];
        var (training, validation, test) = (Named(_training), Named(_validation), Named(_test));
        return training.Length == 1 && test.Length == 1 && validation.Length < 2 && folders.Length == 2 + validation.Length
            && !folders.Any(folder => Directory.EnumerateFiles(folder).Any(file => DataFiles.IsImage(Path.GetFileName(file))))
            ? new(training[0], validation.FirstOrDefault(), test[0])
            : null;
    }
}
