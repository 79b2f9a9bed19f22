using Siamese.Contracts;
using Siamese.Contracts.Data.Lists;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>A list of pairs to judge: two image paths per row. Other columns are ignored.</summary>
internal sealed class PairsFile
{
    private readonly ImageList _list;

    /// <exception cref="BadInputException">There is no such list, or a row does not name two images.</exception>
    public PairsFile(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException($"There is no list of pairs '{path}'.");
        _list = ImageList.Read(path);
        if (_list.Kind is not ListKind.Pairs)
            throw new BadInputException($"{_list.Path} does not name two images per row. Write a pair as a.png,b.png.");
        var problems = new Problems();
        foreach (var row in _list.Rows)
            problems.Try(() => _list.ImagesOf(row));
        problems.ThrowIfAny(_list.Path);
    }

    /// <summary>Its full path.</summary>
    public string Path => _list.Path;

    public int Count => _list.Rows.Count;

    /// <summary>How the list was read, in sentences for the user.</summary>
    public IEnumerable<string> Remarks => _list.HeaderRemark.Concat(_list.Remarks());

    /// <summary>The paths of each pair as written, row by row.</summary>
    public IEnumerable<(string First, string Second)> Read()
    {
        foreach (var row in _list.Rows)
        {
            var images = _list.ImagesOf(row);
            yield return (images[0], images[1]);
        }
    }

    /// <summary>The full path of an image.</summary>
    public string PathOf(string field) => _list.Paths.PathOf(field);
}
