namespace Siamese.Model.Data.Images;

/// <summary>
/// Composites transparent images over white, like paper, or over black if their ink is so light that it would vanish.
/// </summary>
internal static class Transparency
{
    /// <summary>Ink with a mean grey value above this counts as light.</summary>
    private const int LightInk = 191;

    /// <summary>The picture of RGBA values.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgba">Height·Width values, row by row: red in the low byte, the opacity in the high byte, not premultiplied.</param>
    /// <param name="isOpaque">Whether every pixel is known to be opaque.</param>
    /// <param name="inColour">Whether to keep the colours.</param>
    public static Picture Composite(int width, int height, ReadOnlySpan<uint> rgba, bool isOpaque, bool inColour)
    {
        var grey = new byte[rgba.Length];
        for (var i = 0; i < grey.Length; i++)
            grey[i] = Luminance.Of(rgba[i]);
        var background = isOpaque ? null : Background(grey, rgba);
        byte[][]? colours = null;
        if (inColour)
        {
            colours = [new byte[rgba.Length], new byte[rgba.Length], new byte[rgba.Length]];
            for (var i = 0; i < rgba.Length; i++)
                (colours[0][i], colours[1][i], colours[2][i]) = ((byte)rgba[i], (byte)(rgba[i] >> 8), (byte)(rgba[i] >> 16));
        }

        if (background is { } behind)
        {
            Composite(grey, rgba, behind);
            foreach (var colour in colours ?? [])
                Composite(colour, rgba, behind);
        }

        return new Picture(width, height, grey, background is not null) { Colours = colours };
    }

    /// <summary>The value of the background that keeps the ink visible; null if every pixel is opaque.</summary>
    private static byte? Background(byte[] grey, ReadOnlySpan<uint> rgba)
    {
        var (ink, opacity) = (0L, 0L);
        for (var i = 0; i < grey.Length; i++)
        {
            var alpha = rgba[i] >> 24;
            ink += alpha * grey[i];
            opacity += alpha;
        }

        return opacity == (long)byte.MaxValue * grey.Length ? null : ink > opacity * LightInk ? byte.MinValue : byte.MaxValue;
    }

    private static void Composite(byte[] plane, ReadOnlySpan<uint> rgba, byte background)
    {
        for (var i = 0; i < plane.Length; i++)
        {
            var alpha = rgba[i] >> 24;
            plane[i] = (byte)((plane[i] * alpha + background * (byte.MaxValue - alpha) + byte.MaxValue / 2) / byte.MaxValue);
        }
    }
}
