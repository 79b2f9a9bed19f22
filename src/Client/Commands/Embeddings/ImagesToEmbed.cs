using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Commands.Embeddings;

/// <summary>The images that a user names: files, and folders of images at any depth.</summary>
internal static class ImagesToEmbed
{
    /// <returns>Paths in the order of the arguments; the images of a folder sorted by path.</returns>
    /// <exception cref="BadInputException">A path does not exist, or a folder contains no images.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var (images, problems) = (new List<string>(), new Problems());
        foreach (var path in paths)
            problems.Try(() => images.AddRange(Find(path)));
        problems.ThrowIfAny("The images to embed");
        return images;
    }

    private static string[] Find(string path)
    {
        if (!Directory.Exists(path))
            return File.Exists(path) ? [path] : throw new BadInputException($"There is no image file or folder '{path}'.");
        try
        {
            var kinds = InputFiles.In(path, stated: null, areLoose: true);
            var found = Below(path, path, kinds).ToArray();
            return found.Length > 0 ? found : throw new BadInputException($"The folder '{path}' contains no images ({DataFiles.Formats}) and no pen strokes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The folder '{path}' cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    private static IEnumerable<string> Below(string root, string folder, InputKinds kinds) =>
    [
        .. Directory.EnumerateFiles(folder).Where(file => kinds.Counts(Path.GetFileName(file))).Order(StringComparer.Ordinal),
        .. DataFiles.Folders(root, folder).SelectMany(inner => Below(root, inner, kinds)),
    ];
}
