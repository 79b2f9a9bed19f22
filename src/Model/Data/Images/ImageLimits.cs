using Siamese.Contracts;

namespace Siamese.Model.Data.Images;

/// <summary>Maximum size of an image, checked against its header before anything is decoded or allocated.</summary>
internal static class ImageLimits
{
    /// <summary>50 megapixels: more than cameras produce, and 200 MB while a colour image is decoded.</summary>
    public const long MaximumPixels = 50_000_000;

    /// <summary>The longest side that a JPEG can have.</summary>
    public const int MaximumSide = 65_535;

    /// <summary>256 MB: an uncompressed image of <see cref="MaximumPixels"/> fits.</summary>
    public const long MaximumFileBytes = 256L * 1024 * 1024;

    /// <exception cref="BadInputException">The size is zero or over a limit.</exception>
    public static void Check(long width, long height, string name)
    {
        if (width <= 0 || height <= 0)
            throw new BadInputException($"{name} is {width}×{height} pixels according to its header, which is not a valid size. Replace it or take it out.");
        if (width > MaximumSide || height > MaximumSide || width * height > MaximumPixels)
        {
            throw new BadInputException(
                $"{name} is {width}×{height} pixels according to its header; the maximum is 50 megapixels and {MaximumSide} pixels a side. Make it smaller first.");
        }
    }
}
