using Siamese.Client.Files;
using Siamese.Contracts;

namespace Siamese.Client.Commands.Uploads;

/// <summary>
/// The images that a CSV of pairs names, so that they can be uploaded with it. Here a row only has to name two files; a
/// silo finds any other mistakes in the CSV.
/// </summary>
/// <param name="path">The CSV.</param>
internal sealed class NamedImages(string path)
{
    private readonly HashSet<string> _paths = [];

    /// <summary>Full paths of the images, each once.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>Whether a row names an image by its full path.</summary>
    public bool NamesFullPaths { get; private set; }

    /// <exception cref="BadInputException">A row names a missing file, or cannot be parsed.</exception>
    public void Read()
    {
        var isFirst = true;
        foreach (var (fields, line) in Csv.Rows(path))
        {
            if (!(isFirst && IsHeader(fields)))
                Add(fields, line);
            isFirst = false;
        }
    }

    private bool IsHeader(string[] fields) => fields is [var first, var second, not ("0" or "1"), ..]
        && !(File.Exists(Csv.PathOf(path, first)) && File.Exists(Csv.PathOf(path, second)));

    private void Add(string[] fields, long line)
    {
        // A silo reports rows with too few fields.
        if (fields.Length < 3)
            return;
        foreach (var field in fields[..2])
        {
            var full = Csv.PathOf(path, field);
            if (!_paths.Contains(full) && !File.Exists(full))
            {
                throw new BadInputException(
                    $"{path} row {line} names '{field}', but there is no file {full}. Correct the path, which is relative to the CSV's folder, or remove the row.");
            }

            _paths.Add(full);
            NamesFullPaths |= Path.IsPathRooted(field);
        }
    }
}
