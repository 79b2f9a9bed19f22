using Siamese.Contracts;

namespace Siamese.Model.Data;

/// <summary>Room for the pixels of a data set.</summary>
internal static class PixelBuffer
{
    /// <exception cref="BadInputException">More than one array can hold, 2 GiB.</exception>
    public static byte[] Of(int images, InputShape shape)
    {
        var bytes = (long)images * shape.Pixels;
        return bytes <= Array.MaxLength
            ? new byte[bytes]
            : throw new BadInputException(
                $"{images} images of {shape.Height}×{shape.Width} pixels are more than 2 GiB, which is not read. Give fewer images.");
    }
}
