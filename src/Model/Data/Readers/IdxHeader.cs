using System.Buffers.Binary;
using Siamese.Contracts;

namespace Siamese.Model.Data.Readers;

/// <summary>The start of an IDX file: magic number and sizes (big-endian).</summary>
/// <param name="Bytes">The header as stored.</param>
/// <param name="Sizes">Size of each dimension; the first is the number of items.</param>
internal sealed record IdxHeader(byte[] Bytes, int[] Sizes)
{
    /// <summary>1 GiB of values; MNIST has 47 MB.</summary>
    private const long MaximumValues = 1L << 30;

    public int Count => Sizes[0];

    /// <summary>Number of values that follow, one byte each.</summary>
    public long Values => Sizes.Aggregate(1L, (product, size) => product * size);

    /// <param name="stream">The unpacked bytes.</param>
    /// <param name="name">Name in messages.</param>
    /// <param name="dimensions">Expected number of dimensions: 3 for images, 1 for labels.</param>
    /// <exception cref="BadInputException">It is not such a header, or states nothing or too much.</exception>
    public static IdxHeader Read(Stream stream, string name, int dimensions)
    {
        var header = new byte[4 + 4 * dimensions];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw IdxFile.Truncated(name);
        CheckMagic(header, name, dimensions);
        var sizes = new int[dimensions];
        long total = 1;
        for (var d = 0; d < dimensions; d++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * d));
            if (size == 0)
                throw new BadInputException($"{name} is empty: its header gives dimension {d + 1} the size 0. Give a file with images.");
            if (size > MaximumValues || (total *= size) > MaximumValues)
                throw new BadInputException($"{name} is too large: its header states more than 1 GiB of values. Give a smaller set.");
            sizes[d] = (int)size;
        }

        return new(header, sizes);
    }

    private static void CheckMagic(byte[] header, string name, int dimensions)
    {
        var expected = 0x800u + (uint)dimensions;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (magic == expected)
            return;
        var what = dimensions == 3 ? "images" : "labels";
        throw new BadInputException(
            $"{name} is not an IDX file of {what}: it starts with {magic:X8}, not {expected:X8}. Check that it is the right file and that its name is correct.");
    }
}
