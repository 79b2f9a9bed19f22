using CsvHelper;
using Siamese.Contracts;

namespace Siamese.Client.Uploads;

/// <summary>
/// The images that a CSV of pairs names, so that they can be sent with it. Whatever else may be wrong with the CSV, a silo
/// finds: here a row only has to name two files.
/// </summary>
/// <param name="path">The CSV.</param>
internal sealed class NamedImages(string path)
{
    private readonly string _folder = Path.GetDirectoryName(path)!;
    private readonly HashSet<string> _paths = [];

    /// <summary>Full paths of the images, each once.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>Whether a row names an image by its full path.</summary>
    public bool NamesFullPaths { get; private set; }

    /// <exception cref="BadInputException">A row names a file that is not there, or cannot be taken apart.</exception>
    public void Read()
    {
        // Asked before opening: a pipe, which has no length, would never end.
        if (new FileInfo(path).Length == 0)
            return;
        using var reader = CsvReader.FromFile(path, Csv.Options);
        try
        {
            for (var isFirst = true; reader.Read(); isFirst = false)
            {
                var fields = reader.Current.ToArray();
                if (!(isFirst && IsHeader(fields)))
                    Add(fields, reader.LineNumber);
            }
        }
        catch (CsvFormatException e)
        {
            throw new BadInputException($"{path} row {e.LineNumber} cannot be taken apart. See to its quotes.", e);
        }
    }

    private bool IsHeader(string[] fields) => fields is [var first, var second, not ("0" or "1"), ..]
        && !(File.Exists(Full(first)) && File.Exists(Full(second)));

    private void Add(string[] fields, long line)
    {
        // Of a row with fewer fields a silo says what is wrong.
        if (fields.Length < 3 || fields.All(string.IsNullOrWhiteSpace))
            return;
        foreach (var field in fields[..2])
        {
            var full = Full(field);
            if (!_paths.Contains(full) && !File.Exists(full))
            {
                throw new BadInputException(
                    $"{path} row {line} names '{field}', and there is no file {full}. Correct the path, which counts from the CSV's folder, or take the row out.");
            }

            _paths.Add(full);
            NamesFullPaths |= Path.IsPathRooted(field);
        }
    }

    /// <summary>The field itself where it can be no path; no file has that name then.</summary>
    private string Full(string field) => field.Contains('\0') ? field : Path.GetFullPath(Path.Combine(_folder, field));
}
