using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Model.Data.Vectors;

/// <summary>
/// What the folders in paths of images say, without the images: class/image, group/class/image, and perhaps folders of splits
/// around them. Folders that all paths share say nothing.
/// </summary>
internal static class IdFolders
{
    /// <param name="source">The file of vectors, for messages.</param>
    /// <param name="ids">Paths of images, with `/` or `\`.</param>
    /// <returns>For each path, its class, its group or null, and its split or null.</returns>
    /// <exception cref="BadInputException">The paths are all in one folder, or in none.</exception>
    public static (string Class, string? Group, SplitPart? Part)[] Read(string source, string[] ids)
    {
        var folders = Array.ConvertAll(ids, id => id.Split('/', '\\')[..^1]);
        var shared = Shared(folders);
        folders = Array.ConvertAll(folders, its => its[shared..]);
        SplitPart?[] parts = [.. folders.Select(its => its.Length > 1 ? PartNames.Of(its[0]) : null)];
        var areSplits = Array.TrueForAll(parts, part => part is not null) && parts.Contains(SplitPart.Training) && parts.Distinct().Count() > 1;
        if (areSplits)
            folders = Array.ConvertAll(folders, its => its[1..]);
        if (Array.TrueForAll(folders, its => its.Length == 0))
        {
            throw new BadInputException(
                $"{source} has no labels, and its ids, such as {ids[0]}, are not in folders of classes. Add an array 'labels' with the class of each vector, or write the ids as class/image.");
        }

        var haveGroups = Array.TrueForAll(folders, its => its.Length == 2);
        return [.. folders.Select((its, i) => (string.Join('/', its), haveGroups ? its[0] : null, areSplits ? parts[i] : null))];
    }

    /// <summary>Number of leading folders that all paths have.</summary>
    private static int Shared(string[][] folders)
    {
        var shared = folders.Min(its => its.Length);
        for (var i = 0; i < shared; i++)
        {
            if (Array.Exists(folders, its => its[i] != folders[0][i]))
                return i;
        }

        return shared;
    }
}
