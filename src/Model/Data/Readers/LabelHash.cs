using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Data;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// The part of a content's hash for what is known about images beyond their names: classes, groups, splits and forgeries.
/// Earlier builds took all of these from the names of folders and hashed names alone, so nothing is added if that is enough.
/// </summary>
internal static class LabelHash
{
    /// <param name="images">The images of a data set.</param>
    /// <returns>A hash of their labels; null if their names say it all.</returns>
    public static string? Of(IReadOnlyCollection<FoundImage> images)
    {
        var parts = images.Select(image => PartIn(image.Name)).ToHashSet();
        var looksSplit = parts.Contains(SplitPart.Training) && parts.Contains(SplitPart.Test);
        if (images.All(image => IsNamed(image, looksSplit)))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var image in images.OrderBy(image => image.Name, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{image.Name}\0{image.Class}\0{image.Group}\0{image.Part}\0{image.IsForged}\0"));
        return $"labels {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    /// <summary>Whether earlier builds took what is known about an image from its name.</summary>
    private static bool IsNamed(FoundImage image, bool looksSplit)
    {
        if (image.IsForged || (looksSplit ? PartIn(image.Name) : null) != image.Part)
            return false;
        var folders = image.Name.Split('/')[..^1];
        if (looksSplit)
            folders = folders[1..];
        return image.Class == string.Join('/', folders) && image.Group == (folders.Length == 2 ? folders[0] : null);
    }

    /// <summary>The split in a name according to earlier builds, which knew fewer words than <see cref="PartNames"/>.</summary>
    private static SplitPart? PartIn(string name) => name.Split('/')[0].ToLowerInvariant() switch
    {
        "train" or "training" => SplitPart.Training,
        "val" or "validation" => SplitPart.Validation,
        "test" => SplitPart.Test,
        _ => null,
    };
}
