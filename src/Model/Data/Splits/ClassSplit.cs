using Siamese.Contracts;
using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data.Splits;

/// <summary>
/// Splits by whole classes, or by whole groups of classes: 60 % training, 20 % validation, 20 % test, at least two each,
/// so that every split has different pairs. Splits that the data defines are ignored: all images are pooled.
/// </summary>
internal static class ClassSplit
{
    private const int Fewest = 2;

    /// <exception cref="BadInputException">Fewer than six classes.</exception>
    public static Part[] DealClasses(LabelledImages data)
    {
        var used = data.Images.Labels.Distinct().Order().ToArray();
        if (used.Length < 3 * Fewest)
        {
            throw new BadInputException(
                $"{data.Source} has {used.Length} classes; 'split-by' class needs at least 6, two for each of training, validation and test. Use 'split-by' image or add classes.");
        }

        var partOf = Deal(used.Length, data.Content.Seed);
        return [.. data.Images.Labels.Select(label => partOf[Array.BinarySearch(used, label)])];
    }

    /// <exception cref="BadInputException">No groups, or fewer than six.</exception>
    public static Part[] DealGroups(LabelledImages data)
    {
        if (data.GroupOfClass is not { } groupOfClass)
        {
            throw new BadInputException(
                $"{data.Source} has no groups; 'split-by' group needs folders two levels deep, such as group/class/image.png. Use 'split-by' image or class.");
        }

        var groups = groupOfClass.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (groups.Length < 3 * Fewest)
        {
            throw new BadInputException(
                $"{data.Source} has {groups.Length} groups; 'split-by' group needs at least 6, two for each of training, validation and test. Use 'split-by' class or add groups.");
        }

        var partOf = Deal(groups.Length, data.Content.Seed);
        return [.. data.Images.Labels.Select(label => partOf[Array.BinarySearch(groups, groupOfClass[label], StringComparer.Ordinal)])];
    }

    private static Part[] Deal(int count, ulong seed)
    {
        var each = Math.Max(Fewest, (int)Math.Round(count * 0.2));
        var parts = new Part[count];
        var order = new SeededShuffle(seed).Order(count);
        for (var i = 0; i < count; i++)
            parts[order[i]] = i < each ? Part.Test : i < 2 * each ? Part.Validation : Part.Training;
        return parts;
    }
}
