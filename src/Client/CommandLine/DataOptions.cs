using System.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;

namespace Siamese.Client.CommandLine;

/// <summary>Options of `sweep`, `sample` and `evaluate` that choose the images.</summary>
/// <param name="otherwise">The images used by default, in words.</param>
internal sealed class DataOptions(string otherwise = $"the embedded {DataOptions.Embedded}")
{
    private const string Embedded = "mnist-mini";

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"Folder of IDX files, folder of images with one subfolder per class (or group/class), CSV of pairs, or {Embedded}. [default: {otherwise}]",
        HelpName = "PATH",
    };

    private readonly Option<string?> _splitBy = new("--split-by")
    {
        Description = "Keep every image, class or group within one split: training, validation or test.",
        HelpName = "image|class|group",
    };

    private readonly Option<string?> _labelMeans = new("--label-means")
    {
        Description = "Meaning of label 1 in a CSV of pairs.",
        HelpName = "different|same",
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_splitBy);
        command.Add(_labelMeans);
    }

    /// <summary>The value of `--split-by`; null if it was not given.</summary>
    public SplitBy? Split(ParseResult line) => line.GetValue(_splitBy) is { } by ? Word.Read<SplitBy>("--split-by", by) : null;

    public bool IsStated(ParseResult line) => line.GetValue(_data) is not null;

    /// <param name="line">The command line.</param>
    /// <param name="table">A CSV of pairs given by another option; null if none was.</param>
    /// <exception cref="BadInputException">The path does not exist.</exception>
    public DataSource Read(ParseResult line, string? table = null)
    {
        var path = table ?? line.GetValue(_data);
        if (path == Embedded && !Path.Exists(path))
            path = null;
        var labelMeans = line.GetValue(_labelMeans) is { } means ? Word.Read<Relation>("--label-means", means) : (Relation?)null;
        if (path is null && labelMeans is not null)
            throw new BadInputException("--label-means: only valid with --data and a CSV of pairs.");
        return new()
        {
            Path = path is null ? null : Locate(table is null ? _data.Name : "--pairs-file", path),
            SplitBy = Split(line) ?? SplitBy.Image,
            LabelMeans = labelMeans,
        };
    }

    private static string Locate(string option, string path)
    {
        if (path.Length == 0 || !Path.Exists(path))
            throw new BadInputException($"{option}: there is no file or folder '{path}'.");
        return Path.GetFullPath(path);
    }
}
