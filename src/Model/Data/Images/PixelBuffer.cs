using Siamese.Contracts;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Images;

/// <summary>Allocates memory for the pixels of a data set.</summary>
internal static class PixelBuffer
{
    /// <summary>Bytes that the pixels take.</summary>
    /// <exception cref="BadInputException">The pixels exceed the maximum size of an array, 2 GiB.</exception>
    public static long BytesOf(int images, InputShape shape)
    {
        var bytes = (long)images * shape.Bytes;
        return bytes <= Array.MaxLength
            ? bytes
            : throw new BadInputException(
                $"{images} items of {shape} exceed the maximum of 2 GiB. Give fewer images.");
    }

    /// <inheritdoc cref="BytesOf"/>
    public static byte[] Of(int images, InputShape shape) => new byte[BytesOf(images, shape)];
}
