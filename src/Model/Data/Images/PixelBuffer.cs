using Siamese.Contracts;

namespace Siamese.Model.Data.Images;

/// <summary>Allocates memory for the pixels of a data set.</summary>
internal static class PixelBuffer
{
    /// <exception cref="BadInputException">The pixels exceed the maximum size of an array, 2 GiB.</exception>
    public static byte[] Of(int images, InputShape shape)
    {
        var bytes = (long)images * shape.Bytes;
        return bytes <= Array.MaxLength
            ? new byte[bytes]
            : throw new BadInputException(
                $"{images} images of {shape.Height}×{shape.Width} pixels{(shape.Channels == 1 ? "" : " in colour")} exceed the maximum of 2 GiB. Give fewer images.");
    }
}
