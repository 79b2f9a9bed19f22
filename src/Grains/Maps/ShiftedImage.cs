using Siamese.Model.Data.Images;

namespace Siamese.Grains.Maps;

/// <summary>Moves what an image shows sideways.</summary>
internal static class ShiftedImage
{
    /// <summary>A copy; the pixels at the edge are repeated where nothing is left.</summary>
    /// <param name="pixels">C·H·W bytes, row by row.</param>
    /// <param name="shape">Channels, rows and columns.</param>
    /// <param name="columns">By how many columns, to the right if above 0.</param>
    public static byte[] Of(ReadOnlySpan<byte> pixels, ImageShape shape, int columns)
    {
        var shifted = new byte[shape.Bytes];
        for (var at = 0; at < shifted.Length; at++)
        {
            var (row, column) = Math.DivRem(at, shape.Width);
            shifted[at] = pixels[(row * shape.Width) + Math.Clamp(column - columns, 0, shape.Width - 1)];
        }

        return shifted;
    }
}
