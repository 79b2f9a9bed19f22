using Siamese.Client.Files;
using Siamese.Contracts;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>A CSV of pairs to judge: two image paths per row, relative to the CSV's folder. Other columns are ignored.</summary>
internal sealed class PairsFile
{
    /// <exception cref="BadInputException">There is no such file.</exception>
    public PairsFile(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException($"There is no CSV of pairs '{path}'.");
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The first row, if it names no files and is therefore treated as a header; known once rows were read.</summary>
    public string? Header { get; private set; }

    /// <summary>The paths of each pair as written, row by row.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or a row does not name two images.</exception>
    public IEnumerable<(string First, string Second)> Read()
    {
        var isFirst = true;
        foreach (var (fields, line) in Csv.Rows(Path))
        {
            if (fields.Length < 2 || fields[0].Length == 0 || fields[1].Length == 0)
                throw new BadInputException($"{Path} row {line} does not name two images. Write a pair as a.png,b.png.");
            var isHeader = isFirst && !File.Exists(PathOf(fields[0])) && !File.Exists(PathOf(fields[1]));
            isFirst = false;
            if (isHeader)
                Header = $"{fields[0]},{fields[1]}";
            else
                yield return (fields[0], fields[1]);
        }
    }

    /// <summary>The full path of an image.</summary>
    public string PathOf(string field) => Csv.PathOf(Path, field);
}
