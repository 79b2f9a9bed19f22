namespace Siamese.Model.Data.Images;

/// <summary>
/// Composites transparent images over white, like paper, or over black if their ink is so light that it would vanish.
/// </summary>
internal static class Transparency
{
    /// <summary>Ink with a mean grey value above this counts as light.</summary>
    private const int LightInk = 191;

    /// <param name="grey">The grey value of each pixel, without its opacity; replaced by the composited value.</param>
    /// <param name="colours">The same pixels as RGBA, with the opacity in the high byte.</param>
    /// <returns>Whether any pixel was not opaque.</returns>
    public static bool Composite(Span<byte> grey, ReadOnlySpan<uint> colours)
    {
        var (ink, opacity) = (0L, 0L);
        for (var i = 0; i < grey.Length; i++)
        {
            var alpha = colours[i] >> 24;
            ink += alpha * grey[i];
            opacity += alpha;
        }

        if (opacity == (long)byte.MaxValue * grey.Length)
            return false;
        var background = ink > opacity * LightInk ? byte.MinValue : byte.MaxValue;
        for (var i = 0; i < grey.Length; i++)
        {
            var alpha = colours[i] >> 24;
            grey[i] = (byte)((grey[i] * alpha + background * (byte.MaxValue - alpha) + byte.MaxValue / 2) / byte.MaxValue);
        }

        return true;
    }
}
