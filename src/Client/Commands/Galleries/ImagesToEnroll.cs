using Siamese.Client.Files;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands.Galleries;

/// <summary>
/// Images to enroll in bulk: a folder with a subfolder of images for each name, or a CSV with a name and an image path per
/// row, relative to the CSV's folder.
/// </summary>
internal sealed class ImagesToEnroll
{
    private readonly string _path;
    private readonly bool _isFolder;

    /// <exception cref="BadInputException">There is no such folder or file.</exception>
    public ImagesToEnroll(string path)
    {
        _isFolder = Directory.Exists(path);
        if (!_isFolder && !File.Exists(path))
            throw new BadInputException($"There is no folder or CSV '{path}' to enroll from.");
        _path = Path.GetFullPath(path);
    }

    /// <summary>The first row of a CSV, if it names no file and is therefore treated as a header; known once rows were read.</summary>
    public string? Header { get; private set; }

    /// <summary>Names and paths, sorted by folder and file name, or in the order of the rows.</summary>
    /// <exception cref="BadInputException">It cannot be read, contains nothing to enroll, or a name is not valid.</exception>
    public IEnumerable<(string Name, string Path)> Read()
    {
        var isEmpty = true;
        foreach (var image in _isFolder ? Folder() : Rows())
        {
            isEmpty = false;
            yield return image;
        }

        if (isEmpty)
            throw new BadInputException($"{_path} contains no images to enroll. {(_isFolder ? "Give a folder with a subfolder of images for each name." : "Write rows as anna,anna.png.")}");
    }

    private IEnumerable<(string Name, string Path)> Folder()
    {
        foreach (var folder in Listed(() => [.. DataFiles.Folders(_path, _path)]))
        {
            var name = Checked(Path.GetFileName(folder), folder);
            foreach (var file in Listed(() => Directory.GetFiles(folder)).Where(file => DataFiles.IsImage(Path.GetFileName(file))))
                yield return (name, file);
        }
    }

    private IEnumerable<string> Listed(Func<string[]> list)
    {
        try
        {
            return list().Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{_path} cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    private IEnumerable<(string Name, string Path)> Rows()
    {
        var isFirst = true;
        foreach (var (fields, line) in Csv.Rows(_path))
        {
            if (fields.Length < 2 || fields[1].Length == 0)
                throw new BadInputException($"{_path} row {line} does not have a name and an image. Write it as anna,anna.png.");
            var path = Csv.PathOf(_path, fields[1]);
            if (isFirst && !File.Exists(path) && Path.GetExtension(path).Length == 0)
                Header = $"{fields[0]},{fields[1]}";
            else
                yield return (Checked(fields[0], $"{_path} row {line}"), path);
            isFirst = false;
        }
    }

    private static string Checked(string name, string where)
    {
        try
        {
            return ReferenceName.Check(name);
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{where}: {e.Message}", e);
        }
    }
}
