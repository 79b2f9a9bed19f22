using System.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Data.Vectors;
using Siamese.Contracts.Pairs;

namespace Siamese.Client.CommandLine;

/// <summary>Options of `sweep`, `sample` and `evaluate` that choose the images.</summary>
/// <param name="otherwise">The images used by default, in words.</param>
internal sealed class DataOptions(string otherwise = $"the embedded {DataOptions.Embedded}")
{
    private const string Embedded = "mnist-mini";

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"Folder of IDX files, folder of images with one subfolder per class (or group/class), list of pairs or images, file of vectors ({VectorFiles.Formats}), or {Embedded}. [default: {otherwise}]",
        HelpName = "PATH",
    };

    private readonly Option<string?> _features = new("--features")
    {
        Description = $"File of vectors ({VectorFiles.Formats}) whose ids or rows the list of --data names.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _splitBy = new("--split-by")
    {
        Description = "Keep every image, class or group within one split: training, validation or test.",
        HelpName = "image|class|group",
    };

    private readonly Option<string?> _labelMeans = new("--label-means")
    {
        Description = "Meaning of label 1 in a list of pairs.",
        HelpName = "different|same",
    };

    private readonly Option<string?> _foldersAre = new("--folders-are")
    {
        Description = "What the folders of --data are, if their names leave it open.",
        HelpName = "splits|classes|groups",
    };

    private readonly Option<string?> _classFrom = new("--class-from")
    {
        Description = "Take the class from the names of images: a template such as {class}_{n}.png, also with {group}, {split} or {kind} (genuine or forged), or a regular expression with a group named class.",
        HelpName = "PATTERN",
    };

    private readonly Option<string?> _inputs = new("--inputs")
    {
        Description = "What the files of --data are: images, pen strokes, or both for each drawing, with the same name in one folder; or vectors. [default: images if there are any]",
        HelpName = "images|strokes|both|vectors",
    };

    private readonly Option<bool> _skipUnreadable = new("--skip-unreadable")
    {
        Description = "Leave out images and rows that cannot be read, and report them.",
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_features);
        command.Add(_splitBy);
        command.Add(_labelMeans);
        command.Add(_foldersAre);
        command.Add(_classFrom);
        command.Add(_inputs);
        command.Add(_skipUnreadable);
    }

    /// <summary>The value of `--split-by`; null if it was not given.</summary>
    public SplitBy? Split(ParseResult line) => line.GetValue(_splitBy) is { } by ? Word.Read<SplitBy>("--split-by", by) : null;

    public bool IsStated(ParseResult line) => line.GetValue(_data) is not null;

    /// <param name="line">The command line.</param>
    /// <param name="table">A list of pairs given by another option; null if none was.</param>
    /// <exception cref="BadInputException">The path does not exist, or the list cannot be read.</exception>
    public DataSource Read(ParseResult line, string? table = null)
    {
        var path = table ?? line.GetValue(_data);
        if (path == Embedded && !Path.Exists(path))
            path = null;
        var labelMeans = line.GetValue(_labelMeans) is { } means ? Word.Read<Relation>("--label-means", means) : (Relation?)null;
        if (path is null && labelMeans is not null)
            throw new BadInputException("--label-means: only valid with --data and a list of pairs.");
        var features = line.GetValue(_features);
        if (features is not null && !File.Exists(path))
            throw new BadInputException($"{_features.Name}: only valid with --data and a list that names the vectors.");
        var source = new DataSource
        {
            Path = path is null ? null : Locate(table is null ? _data.Name : "--pairs-file", path),
            SplitBy = Split(line) ?? SplitBy.Image,
            LabelMeans = labelMeans,
            FoldersAre = line.GetValue(_foldersAre) is { } are ? Word.Read<FoldersAre>(_foldersAre.Name, are) : null,
            ClassFrom = line.GetValue(_classFrom),
            Inputs = line.GetValue(_inputs) is { } inputs ? Word.Read<InputKinds>(_inputs.Name, inputs) : null,
            SkipsUnreadable = line.GetValue(_skipUnreadable),
            Features = features is null ? null : File.Exists(features) ? Path.GetFullPath(features) : throw new BadInputException($"{_features.Name}: there is no file '{features}'."),
        };
        OptionNames.Check(() => ClassPattern.Check(source.ClassFrom));
        return source with { ListFolder = source.Features is null ? ListFolder(source.Path) : null };
    }

    /// <summary>Whether the data is a list of pairs or triplets.</summary>
    /// <exception cref="BadInputException">The list cannot be read.</exception>
    public static bool ListsPairs(DataSource? data) => data?.Features is null && File.Exists(data?.Path) && !VectorFiles.Recognizes(data.Path) && ImageList.Read(data.Path, data.ListFolder).Kind is not ListKind.Images;

    /// <summary>The folder that the paths in a list are relative to. Found out here, because a silo works elsewhere.</summary>
    private static string? ListFolder(string? path)
    {
        var folder = (string?)null;
        if (File.Exists(path))
            OptionNames.Check(() => folder = VectorFiles.Recognizes(path) ? null : ImageList.Read(path).Paths.Folder);
        return folder;
    }

    private static string Locate(string option, string path)
    {
        if (path.Length == 0 || !Path.Exists(path))
            throw new BadInputException($"{option}: there is no file or folder '{path}'.");
        return Path.GetFullPath(path);
    }
}
