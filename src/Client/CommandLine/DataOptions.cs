using System.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.CommandLine;

/// <summary>Options that say which images: of `sweep` and of `sample`.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "A folder of IDX files, a folder of images with one sub-folder per class (or group/class), or a CSV of pairs; without it the embedded mnist-mini.",
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

    /// <exception cref="BadInputException">The path does not exist.</exception>
    public DataSource Read(ParseResult line)
    {
        var path = line.GetValue(_data);
        var labelMeans = line.GetValue(_labelMeans) is { } means ? Word.Read<Relation>("--label-means", means) : (Relation?)null;
        if (path is null && labelMeans is not null)
            throw new BadInputException("--label-means: only with --data and a CSV of pairs.");
        return new()
        {
            Path = path is null ? null : Locate(path),
            SplitBy = line.GetValue(_splitBy) is { } by ? Word.Read<SplitBy>("--split-by", by) : SplitBy.Image,
            LabelMeans = labelMeans,
        };
    }

    private static string Locate(string path)
    {
        if (path.Length == 0 || !Path.Exists(path))
            throw new BadInputException($"--data: there is no file or folder '{path}'.");
        return Path.GetFullPath(path);
    }
}
