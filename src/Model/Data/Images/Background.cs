namespace Siamese.Model.Data.Images;

/// <summary>Finds the value of a picture's background.</summary>
internal static class Background
{
    /// <summary>The median of the pixels at the border.</summary>
    /// <param name="plane">Height·Width values, row by row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static byte Of(ReadOnlySpan<byte> plane, int width, int height)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (var x = 0; x < width; x++)
        {
            counts[plane[x]]++;
            counts[plane[((height - 1) * width) + x]]++;
        }

        for (var y = 1; y < height - 1; y++)
        {
            counts[plane[y * width]]++;
            counts[plane[(y * width) + width - 1]]++;
        }

        var all = 0;
        foreach (var count in counts)
            all += count;
        var (value, below) = (0, counts[0]);
        while (2 * below < all)
            below += counts[++value];
        return (byte)value;
    }
}
