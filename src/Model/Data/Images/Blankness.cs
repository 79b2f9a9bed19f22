namespace Siamese.Model.Data.Images;

/// <summary>Recognises images that show nothing, such as a scan of an empty sheet. Any two of them would look the same.</summary>
internal static class Blankness
{
    /// <summary>Grey levels by which compression makes the pixels of an empty sheet differ.</summary>
    private const int Noise = 8;

    /// <summary>Whether all pixels have about the same value.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> pixels)
    {
        var (lowest, highest) = (byte.MaxValue, byte.MinValue);
        foreach (var pixel in pixels)
        {
            (lowest, highest) = (Math.Min(lowest, pixel), Math.Max(highest, pixel));
            if (highest - lowest >= Noise)
                return false;
        }

        return true;
    }
}
