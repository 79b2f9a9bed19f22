using System.Globalization;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Splits;

/// <summary>Tells whether pictures are dark ink on a light background or the other way round.</summary>
internal static class InkTone
{
    /// <summary>Share of the pixels that belongs to the background of a drawing; less is a photograph.</summary>
    private const double Background = 0.65;

    /// <summary>Share of the pictures with one tone from which the others count as exceptions.</summary>
    private const double Most = 0.9;

    /// <summary>A sentence for the user; null if most pictures are photographs.</summary>
    public static string? Remark(ImageSet images, Func<int, string> nameOf)
    {
        var (dark, light) = (new List<int>(), new List<int>());
        for (var i = 0; i < images.Count; i++)
            (IsLightInk(images[i]) is { } isLight ? isLight ? light : dark : null)?.Add(i);
        var drawn = dark.Count + light.Count;
        if (drawn < Most * images.Count)
            return null;
        var (more, fewer) = dark.Count > light.Count ? (dark, light) : (light, dark);
        var tone = more == dark ? "dark ink on a light background" : "light ink on a dark background";
        return more.Count == drawn ? $"The images are {tone}." : string.Create(
            CultureInfo.InvariantCulture,
            $"Most images are {tone}, but {fewer.Count} of {images.Count} are the other way round, such as {nameOf(fewer[0])}. {(more.Count < Most * drawn ? "Invert one of the two kinds, or their tone may be learnt instead of what they show." : "Check these.")}");
    }

    /// <summary>Null if neither the light nor the dark pixels are a background.</summary>
    private static bool? IsLightInk(ReadOnlySpan<byte> pixels)
    {
        var (lowest, highest) = (byte.MaxValue, byte.MinValue);
        foreach (var pixel in pixels)
            (lowest, highest) = (Math.Min(lowest, pixel), Math.Max(highest, pixel));
        var (middle, darker) = ((lowest + highest) / 2, 0);
        foreach (var pixel in pixels)
            darker += pixel <= middle ? 1 : 0;
        var share = (double)darker / pixels.Length;
        return share >= Background ? true : share <= 1 - Background ? false : null;
    }
}
