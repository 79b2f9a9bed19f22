using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Model.Losses;

namespace Siamese.Model.Data.Readers;

/// <summary>One IDX file of unsigned bytes, LeCun's format for MNIST: magic number, sizes (big-endian), values.</summary>
/// <param name="Sizes">Size of each dimension; the first is the number of items.</param>
/// <param name="Values">The values, last dimension fastest.</param>
/// <param name="Sha256">SHA-256 of the unpacked file.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values, byte[] Sha256)
{
    /// <summary>1 GiB of values; MNIST has 47 MB.</summary>
    private const long MaximumValues = 1L << 30;

    /// <summary>Deflate's maximum compression ratio; a header that claims more is wrong.</summary>
    private const int MostPacked = 1032;

    public int Count => Sizes[0];

    /// <param name="path">The file; decompressed if its name ends in `.gz`.</param>
    /// <param name="dimensions">3 for images, 1 for labels.</param>
    /// <exception cref="BadInputException">The file is not such an IDX file, or is truncated, damaged or too large.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        // Checked before opening: a pipe has no length, and reading it would never end.
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw Truncated(path);
        using var file = File.OpenRead(path);
        return Read(file, length, path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase), path, dimensions);
    }

    /// <param name="stream">The file as stored.</param>
    /// <param name="length">Its length as stored, in bytes.</param>
    /// <param name="packed">Whether it is gzipped.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="dimensions">3 for images, 1 for labels.</param>
    public static IdxFile Read(Stream stream, long length, bool packed, string name, int dimensions)
    {
        try
        {
            using var unpacked = packed ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
            return ReadUnpacked(unpacked, packed ? length * MostPacked : length, name, dimensions);
        }
        catch (InvalidDataException error)
        {
            throw new BadInputException($"{name} is damaged: it cannot be unpacked. Fetch it again.", error);
        }
    }

    /// <param name="stream">The unpacked bytes.</param>
    /// <param name="atMost">Upper limit of the number of bytes, known before reading.</param>
    /// <param name="name">Name in messages.</param>
    /// <param name="dimensions">Expected number of dimensions.</param>
    private static IdxFile ReadUnpacked(Stream stream, long atMost, string name, int dimensions)
    {
        var header = new byte[4 + 4 * dimensions];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw Truncated(name);
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

        if (header.Length + total > atMost)
            throw Truncated(name);
        var values = new byte[total];
        if (stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false) < values.Length)
            throw Truncated(name);
        if (stream.ReadByte() >= 0)
            throw new BadInputException($"{name} has more data after the {total} values that its header states. Fetch it again.");
        return new IdxFile(sizes, values, Hash(header, values));
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

    private static byte[] Hash(byte[] header, byte[] values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(values);
        return hash.GetHashAndReset();
    }

    private static BadInputException Truncated(string name) =>
        new($"{name} is truncated: it has less data than its header states. Fetch it again.");
}
