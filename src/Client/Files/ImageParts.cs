namespace Siamese.Client.Files;

/// <summary>Splits images into parts, one for each call.</summary>
internal static class ImageParts
{
    /// <summary>Maximum number of bytes per part; a larger image is alone in its part.</summary>
    private const long Bytes = 8 << 20;

    /// <param name="images">The images, in order.</param>
    /// <param name="pathOf">The path of an image.</param>
    /// <param name="count">Maximum number of images per part.</param>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> images, Func<T, string> pathOf, int count)
    {
        var (part, bytes) = (new List<T>(), 0L);
        foreach (var image in images)
        {
            var length = ImageReading.Length(pathOf(image));
            if (part.Count == count || (part.Count > 0 && bytes + length > Bytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(image);
            bytes += length;
        }

        if (part.Count > 0)
            yield return part;
    }
}
