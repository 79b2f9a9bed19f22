using System.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.CommandLine;

/// <summary>Options that say which images: of `sweep`, `sample` and `evaluate`.</summary>
/// <param name="otherwise">Which they are where none are stated.</param>
internal sealed class DataOptions(string otherwise = $"the embedded {DataOptions.Embedded}")
{
    private const string Embedded = "mnist-mini";

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"A folder of IDX files, a folder of images with one sub-folder per class (or group/class), a CSV of pairs, or {Embedded}; without it {otherwise}.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _splitBy = new("--split-by")
    {
        Description = "What never straddles training, validation and test.",
        HelpName = "image|class|group",
    };

    private readonly Option<string?> _labelMeans = new("--label-means")
    {
        Description = "What a 1 in a CSV of pairs means.",
        HelpName = "different|same",
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_splitBy);
        command.Add(_labelMeans);
    }

    /// <summary>What was stated of the split; null where nothing was.</summary>
    public SplitBy? Split(ParseResult line) => line.GetValue(_splitBy) is { } by ? Word.Read<SplitBy>("--split-by", by) : null;

    public bool IsStated(ParseResult line) => line.GetValue(_data) is not null;

    /// <param name="line">The command line.</param>
    /// <param name="table">A CSV of pairs that was named by another option; null where none was.</param>
    /// <exception cref="BadInputException">The path does not exist.</exception>
    public DataSource Read(ParseResult line, string? table = null)
    {
        var path = table ?? line.GetValue(_data);
        if (path == Embedded && !Path.Exists(path))
            path = null;
        var labelMeans = line.GetValue(_labelMeans) is { } means ? Word.Read<Relation>("--label-means", means) : (Relation?)null;
        if (path is null && labelMeans is not null)
            throw new BadInputException("--label-means: only with --data and a CSV of pairs.");
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
