using System.IO.Compression;
using System.Security.Cryptography;
using Siamese.Contracts;

namespace Siamese.Model.Data.Readers;

/// <summary>One IDX file of unsigned bytes, LeCun's format for MNIST: magic number, sizes (big-endian), values.</summary>
/// <param name="Sizes">Size of each dimension; the first is the number of items.</param>
/// <param name="Values">The values, last dimension fastest.</param>
/// <param name="Sha256">SHA-256 of the unpacked file.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values, byte[] Sha256)
{
    /// <summary>Deflate's maximum compression ratio; a header that claims more is wrong.</summary>
    private const int MostPacked = 1032;

    /// <summary>Maximum compression ratio of a file with more than <see cref="FewValues"/>: MNIST has 5, binary line drawings have 50.</summary>
    private const int MostPackedIfLarge = 100;

    /// <summary>64 MiB of values: a gzipped file that states fewer may be packed as tightly as it can be.</summary>
    private const long FewValues = 64L << 20;

    /// <summary>16 MiB of values: a gzipped file that states more is unpacked twice, the first time only to count its bytes.</summary>
    private const long CountedBeyond = 16L << 20;

    public int Count => Sizes[0];

    /// <summary>Reads the header of a file and checks it against the file's length; nothing else is read or unpacked.</summary>
    /// <param name="path">The file; decompressed if its name ends in `.gz`.</param>
    /// <param name="dimensions">3 for images, 1 for labels.</param>
    /// <exception cref="BadInputException">The file is not such an IDX file, or is truncated or too large.</exception>
    public static IdxHeader ReadHeader(string path, int dimensions)
    {
        // Checked before opening: a pipe has no length, and reading it would never end.
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw Truncated(path);
        using var file = File.OpenRead(path);
        return ReadHeader(file, length, IsPacked(path), path, dimensions);
    }

    /// <summary>Reads a file whose header has been read.</summary>
    /// <exception cref="BadInputException">The file is truncated or damaged, or has another header now.</exception>
    public static IdxFile Read(string path, IdxHeader header)
    {
        using var file = File.OpenRead(path);
        return Read(file, IsPacked(path), path, header);
    }

    /// <param name="stream">The file as stored.</param>
    /// <param name="length">Its length as stored, in bytes.</param>
    /// <param name="packed">Whether it is gzipped.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="dimensions">3 for images, 1 for labels.</param>
    /// <exception cref="BadInputException">It is not such an IDX file, or is truncated, damaged or too large.</exception>
    public static IdxFile Read(Stream stream, long length, bool packed, string name, int dimensions) =>
        Read(stream, packed, name, ReadHeader(stream, length, packed, name, dimensions));

    public static BadInputException Truncated(string name) =>
        new($"{name} is truncated: it has less data than its header states. Fetch it again.");

    private static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static IdxHeader ReadHeader(Stream stream, long length, bool packed, string name, int dimensions)
    {
        var header = Unpack(stream, packed, name, unpacked => IdxHeader.Read(unpacked, name, dimensions));
        var all = header.Bytes.Length + header.Values;
        if (all > (packed ? length * MostPacked : length))
            throw Truncated(name);
        if (!packed && all < length)
            throw TooLong(name, header);
        if (packed && header.Values > FewValues && all > length * MostPackedIfLarge)
        {
            throw new BadInputException(
                $"{name} has {length} bytes, and its header states {header.Values} values: images do not compress to less than a hundredth. If the file is right, unpack it with gunzip and give the unpacked file.");
        }

        return header;
    }

    private static IdxFile Read(Stream stream, bool packed, string name, IdxHeader header)
    {
        // Before anything is allocated: the header may state more than there is.
        if (packed && header.Values > CountedBeyond)
            Unpack(stream, packed, name, unpacked => CheckLength(unpacked, name, header));
        return Unpack(stream, packed, name, unpacked => ReadValues(unpacked, name, header));
    }

    private static T Unpack<T>(Stream stream, bool packed, string name, Func<Stream, T> read)
    {
        stream.Position = 0;
        if (!packed)
            return read(stream);
        try
        {
            using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return read(unpacked);
        }
        catch (InvalidDataException error)
        {
            throw new BadInputException($"{name} is damaged: it cannot be unpacked. Fetch it again.", error);
        }
    }

    /// <summary>Counts the bytes, up to one more than the header states, without keeping them.</summary>
    private static long CheckLength(Stream stream, string name, IdxHeader header)
    {
        var left = header.Bytes.Length + header.Values + 1;
        var buffer = new byte[64 * 1024];
        while (left > 0 && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left)) is var read and > 0)
            left -= read;
        return left == 1 ? header.Values : throw (left > 1 ? Truncated(name) : TooLong(name, header));
    }

    private static IdxFile ReadValues(Stream stream, string name, IdxHeader header)
    {
        var again = new byte[header.Bytes.Length];
        if (stream.ReadAtLeast(again, again.Length, throwOnEndOfStream: false) < again.Length)
            throw Truncated(name);
        if (!again.AsSpan().SequenceEqual(header.Bytes))
            throw new BadInputException($"{name} has changed while it was read. Read it again once nothing writes to it.");
        var values = new byte[header.Values];
        if (stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false) < values.Length)
            throw Truncated(name);
        if (stream.ReadByte() >= 0)
            throw TooLong(name, header);
        return new IdxFile(header.Sizes, values, Hash(header.Bytes, values));
    }

    private static byte[] Hash(byte[] header, byte[] values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(values);
        return hash.GetHashAndReset();
    }

    private static BadInputException TooLong(string name, IdxHeader header) =>
        new($"{name} has more data after the {header.Values} values that its header states. Fetch it again.");
}
