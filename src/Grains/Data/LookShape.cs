using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Data;

/// <summary>The shape in which images are read to be looked at: of about their own size, and in colour.</summary>
internal static class LookShape
{
    private const int Channels = 3;

    /// <param name="typical">Median height and width of the images.</param>
    /// <param name="images">Number of images that are read.</param>
    /// <param name="longestSide">Longest side to be looked at.</param>
    /// <param name="maximumBytes">Bytes that all images may take; they are scaled down to that.</param>
    /// <returns>Null if they would become smaller than 28×28 pixels that way.</returns>
    public static ImageShape? Of(ImageSize typical, double images, int longestSide, double maximumBytes)
    {
        var scale = Math.Min(
            Math.Min(1, (double)longestSide / Math.Max(typical.Rows, typical.Columns)), Math.Sqrt(maximumBytes / (Channels * images * typical.Rows * typical.Columns)));
        var shape = new ImageShape((int)(scale * typical.Rows), (int)(scale * typical.Columns), Channels);
        return scale < 1 && shape.Area < ImageShape.Digits.Area ? null : shape;
    }
}
