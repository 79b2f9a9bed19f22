using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Data;

/// <summary>Which images a sweep trains on, and how they are split. A silo decodes them; the client at most sends the files.</summary>
[GenerateSerializer, Immutable, Alias("siamese.DataSource")]
public sealed record DataSource
{
    /// <summary>The built-in data set: 1,000 / 1,000 / 10,000 real MNIST digits.</summary>
    public static readonly DataSource MnistMini = new();

    /// <summary>Absolute path of a folder of IDX files, a folder of images, or a list; null if it was uploaded or is the embedded `mnist-mini`.</summary>
    [Id(0)] public string? Path { get; init; }

    /// <summary>What is kept apart between training, validation and test: single images, whole classes or whole groups.</summary>
    [Id(1)] public SplitBy SplitBy { get; init; } = SplitBy.Image;

    /// <summary>What a 1 in a list of pairs means; null if not stated.</summary>
    [Id(2)] public Relation? LabelMeans { get; init; }

    /// <summary>Name of the manifest of an uploaded data set (see <see cref="IUploadGrain"/>); else null.</summary>
    [Id(3)] public string? Manifest { get; init; }

    /// <summary>Name of an uploaded data set: the name of its folder or file. Null if it was not uploaded.</summary>
    [Id(4)] public string? Name { get; init; }

    /// <summary>
    /// The folder that the paths in a list are relative to: an absolute path, or relative to the uploaded folder; null if not
    /// known, for example because the data is not a list.
    /// </summary>
    [Id(5)] public string? ListFolder { get; init; }

    /// <summary>What the folders in a folder of images are; null if their names tell.</summary>
    [Id(6)] public FoldersAre? FoldersAre { get; init; }

    /// <summary>Where the class is in an image's name (see <see cref="ClassPattern"/>); null if folders are classes.</summary>
    [Id(7)] public string? ClassFrom { get; init; }

    /// <summary>Whether files and rows with problems are left out; otherwise they are reported and nothing is trained.</summary>
    [Id(8)] public bool SkipsUnreadable { get; init; }

    /// <summary>Whether the items are images, pen strokes, or there as both; null if the files tell: images if there are any.</summary>
    [Id(9)] public InputKinds? Inputs { get; init; }

    /// <summary>
    /// A file of vectors whose rows a list names, instead of files: an absolute path, or relative to the uploaded folder; null if the
    /// data has no such file, or is one.
    /// </summary>
    [Id(10)] public string? Features { get; init; }

    /// <exception cref="BadInputException">The manifest's name is not a SHA-256, or the name has characters that are not fit for other users' terminals.</exception>
    public void Check()
    {
        BadInputException.ThrowUnless(
            Manifest is null || DataManifest.IsHash(Manifest), $"'data': the manifest of an uploaded data set must be named by the SHA-256 of its bytes.");
        BadInputException.ThrowUnless(
            Features is null || (Features.Length > 0 && !Features.Contains('\0')), $"'features': the path of a file of vectors must not be empty.");
        BadInputException.ThrowUnless(
            Name is null || Name == PlainText.Of(Name), $"'data': the name of an uploaded data set must have at most 300 characters, and none that controls a terminal or changes the direction of text.");
    }
}
