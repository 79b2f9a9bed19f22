using System.Buffers.Binary;
using System.IO.Compression;
using Siamese.Contracts;

namespace Siamese.Model.Data.Vectors;

/// <summary>Several arrays in a zip archive, as numpy.savez and numpy.savez_compressed write them.</summary>
internal static class NpzFile
{
    private const int MostArrays = 1000;

    /// <summary>The archive's directory is read into memory: some 60 bytes for each array.</summary>
    private const long MaximumDirectory = 1 << 20;

    private const string Extension = ".npy";

    /// <exception cref="BadInputException">It is not such an archive, or has no vectors with labels.</exception>
    public static VectorContent Read(string path, VectorMemory memory)
    {
        using var file = File.OpenRead(path);
        try
        {
            CheckDirectory(file, path);
            file.Position = 0;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return Read(path, archive, memory);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{path} is damaged: {e.Message} Copy or save it again.", e);
        }
    }

    private static VectorContent Read(string path, ZipArchive archive, VectorMemory memory)
    {
        if (archive.Entries.Count > MostArrays)
            throw new BadInputException(FormattableString.Invariant($"{path} has {archive.Entries.Count} entries; the maximum is {MostArrays} arrays. Save the vectors and labels alone."));
        var stored = archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)).ToDictionary(
            entry => entry.FullName[..^Extension.Length], entry => (Entry: entry, Header: HeaderOf(path, entry)), StringComparer.Ordinal);
        var arrays = new VectorArrays(path, [.. stored.Select(array => new VectorArrays.Entry(
            array.Key, array.Value.Header.TypeName, array.Value.Header.Number is not null, array.Value.Header.Shape,
            rows => TextArray.Fits(array.Value.Header, rows), new(path, array.Key)))]);
        var vectors = arrays.Vectors();
        var (count, width) = (vectors.Shape[0], vectors.Shape[1]);
        var columns = new[] { arrays.Labels(count), arrays.Groups(count), arrays.Splits(count), arrays.Ids(count) };
        // A string takes some tens of bytes more than its characters.
        var values = memory(count, width, columns.OfType<VectorArrays.Entry>().Sum(array => (stored[array.Name].Header.ElementBytes + 64) * count));
        var header = stored[vectors.Name].Header;
        using (var stream = Opened(vectors))
            NumberStream.Read(stream, header.Number!, header.IsBigEndian, header.IsColumnwise, (int)width, values, vectors.Array);
        return new((int)width, values, new(Texts(columns[0]), Texts(columns[1]), Texts(columns[2]), Texts(columns[3])));

        string[]? Texts(VectorArrays.Entry? array)
        {
            if (array is null)
                return null;
            using var stream = Opened(array);
            return TextArray.Read(stream, stored[array.Name].Header, array.Array);
        }

        Stream Opened(VectorArrays.Entry array)
        {
            var stream = stored[array.Name].Entry.Open();
            NpyHeader.Read(stream, array.Array);
            return stream;
        }
    }

    private static NpyHeader HeaderOf(string path, ZipArchiveEntry entry)
    {
        var array = new ArrayOf(path, entry.FullName[..^Extension.Length]);
        using var stream = entry.Open();
        var header = NpyHeader.Read(stream, array);
        NpyFile.CheckLength(array, header, entry.Length - header.Start);
        return header;
    }

    /// <summary>Checks the place of the archive's directory, before it is read.</summary>
    private static void CheckDirectory(FileStream file, string path)
    {
        Span<byte> first = stackalloc byte[4];
        if (file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length || !first.StartsWith("PK"u8))
            throw new BadInputException($"{path} is not a file of numpy.savez. Save it again, or name it after what it is.");
        var end = new byte[Math.Min(file.Length, 65_536 + 22 + 20)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        var record = end.AsSpan().LastIndexOf("PK\x5\x6"u8);
        if (record < 0 || record + 22 > end.Length)
            throw new BadInputException($"{path} ends early. Copy or save it again.");
        long begin = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(record + 16));
        if (begin == uint.MaxValue && record >= 20 && end.AsSpan(record - 20).StartsWith("PK\x6\x7"u8))
        {
            var at = BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(record - 20 + 8));
            Span<byte> larger = stackalloc byte[56];
            if (at < 0 || at > file.Length - larger.Length)
                throw new BadInputException($"{path} ends early. Copy or save it again.");
            file.Position = at;
            file.ReadExactly(larger);
            begin = BinaryPrimitives.ReadInt64LittleEndian(larger[48..]);
        }

        if (begin < 0 || begin > file.Length)
            throw new BadInputException($"{path} ends early. Copy or save it again.");
        if (file.Length - begin > MaximumDirectory)
            throw new BadInputException(FormattableString.Invariant($"{path} has {file.Length - begin} bytes of names of its entries, more than {MostArrays} arrays need. Save the vectors and labels alone."));
    }
}
