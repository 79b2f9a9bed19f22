using System.Globalization;

namespace Siamese.Contracts.Data;

/// <summary>The folders below a folder that directly contain images, and what else is there.</summary>
internal sealed class FolderScan
{
    private readonly string _root;
    private readonly Dictionary<string, (int Count, string Example)> _leftOut = [];

    private readonly InputKinds _kinds;

    public FolderScan(string root, InputKinds kinds)
    {
        (_root, _kinds) = (root, kinds);
        if (Images(root) is { Length: > 0 } loose)
            LeaveOut($"{kinds.CapitalNoun()} left out because they are not in a class folder", loose.Length, loose[0]);
        foreach (var folder in DataFiles.Folders(root, root))
            Scan(folder);
    }

    /// <summary>Folders of images in the folder.</summary>
    public List<ClassFolder> OneDeep { get; } = [];

    /// <summary>Folders of images one level below.</summary>
    public List<ClassFolder> TwoDeep { get; } = [];

    /// <summary>What was left out, by reason, each with an example.</summary>
    public IEnumerable<string> Remarks() => _leftOut.Select(reason =>
        string.Create(CultureInfo.InvariantCulture, $"{reason.Key}: {reason.Value.Count}, such as {reason.Value.Example}."));

    private void Scan(string folder)
    {
        var name = Path.GetFileName(folder);
        var images = Images(folder);
        if (images.Length > 0)
            OneDeep.Add(new(folder, name, null, images));
        var before = TwoDeep.Count;
        foreach (var inner in DataFiles.Folders(_root, folder))
        {
            var innerName = $"{name}/{Path.GetFileName(inner)}";
            if (Images(inner) is { Length: > 0 } innerImages)
                TwoDeep.Add(new(inner, innerName, name, innerImages));
            else
                LeaveOut($"Folders left out because they contain no {_kinds.Noun()}", 1, innerName);
            foreach (var deep in DataFiles.Folders(_root, inner))
                LeaveOut("Folders left out because they are below group/class", 1, $"{innerName}/{Path.GetFileName(deep)}");
        }

        if (images.Length == 0 && TwoDeep.Count == before)
            LeaveOut($"Folders left out because they contain no {_kinds.Noun()}", 1, name);
    }

    private string[] Images(string folder)
    {
        var images = new List<string>();
        foreach (var name in Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (_kinds.Counts(name))
                images.Add(name);
            else if (InputFiles.WhyNot(_kinds, name) is { } why)
                LeaveOut($"Files left out because they {why}", 1, Path.GetRelativePath(_root, Path.Combine(folder, name)));
        }

        return [.. images];
    }

    private void LeaveOut(string why, int count, string example) =>
        _leftOut[why] = _leftOut.TryGetValue(why, out var known) ? (known.Count + count, known.Example) : (count, example);
}

/// <summary>A folder with the images of one class.</summary>
/// <param name="Path">Path of the folder.</param>
/// <param name="Name">Name of the class: the folder's name, or `group/class`.</param>
/// <param name="Group">Name of its group, or null.</param>
/// <param name="Images">File names of its images, in ordinal order.</param>
/// <param name="IsForged">Whether they are forgeries of images of the class.</param>
internal sealed record ClassFolder(string Path, string Name, string? Group, string[] Images, bool IsForged = false)
{
    /// <summary>The path of an image below a folder, with `/`.</summary>
    public string PathBelow(string folder, string image) =>
        System.IO.Path.GetRelativePath(folder, System.IO.Path.Combine(Path, image)).Replace(System.IO.Path.DirectorySeparatorChar, '/');
}
