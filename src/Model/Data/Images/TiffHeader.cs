using System.Buffers.Binary;
using Siamese.Contracts;

namespace Siamese.Model.Data.Images;

/// <summary>
/// Checks the first directory of a TIFF before a library reads it, because a library allocates as much as a directory
/// claims (TIFF 6.0, section 2; BigTIFF has longer numbers).
/// </summary>
internal readonly ref struct TiffHeader
{
    private const int TileWidth = 322, TileLength = 323, SamplesPerPixel = 277, BitsPerSample = 258, ImageWidth = 256, ImageLength = 257, StripByteCounts = 279, TileByteCounts = 325;

    private const int MostSamples = 16;
    private const int MostBits = 64;

    /// <summary>256 MB once unpacked.</summary>
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>More than a blank page is compressed by any of TIFF's methods; a header that claims more is wrong.</summary>
    private const int MostPacked = 5000;

    /// <summary>Bytes of one value of each type, by the type's number; 0 if there is no such type.</summary>
    private static readonly int[] _sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    private readonly ReadOnlySpan<byte> _file;
    private readonly bool _isBig;
    private readonly bool _isLittleEndian;

    private TiffHeader(ReadOnlySpan<byte> file)
    {
        _file = file;
        _isLittleEndian = file[0] == 'I';
        _isBig = Number(2, 2) == 43;
    }

    /// <summary>Whether every entry of the directory lies in the file, and what it claims is not too much.</summary>
    /// <param name="file">A file that <see cref="TiffReader.Recognizes"/>.</param>
    /// <param name="name">Its name in messages.</param>
    /// <exception cref="BadInputException">The image is too large according to its header.</exception>
    public static bool IsSound(ReadOnlySpan<byte> file, string name) => IsSound(file, name, out _);

    /// <inheritdoc cref="IsSound(ReadOnlySpan{byte}, string)"/>
    /// <param name="file">A file that <see cref="TiffReader.Recognizes"/>.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="pixels">Number of pixels of the image, if the directory is sound.</param>
    public static bool IsSound(ReadOnlySpan<byte> file, string name, out long pixels)
    {
        pixels = 0;
        return file.Length >= 16 && new TiffHeader(file).IsSound(name, out pixels);
    }

    private bool IsSound(string name, out long pixels)
    {
        pixels = 0;
        var (wide, step) = _isBig ? (8, 20) : (4, 12);
        var directory = Number(_isBig ? 8 : 4, wide);
        if (directory < 8 || directory + (_isBig ? 8 : 2) > _file.Length)
            return false;
        var count = Number((int)directory, _isBig ? 8 : 2);
        var first = (int)directory + (_isBig ? 8 : 2);
        if (count is <= 0 or > 4096 || first + (count * step) > _file.Length)
            return false;
        var (width, height, samples, bits, tile) = (0L, 0L, 1L, 1L, (Width: 1L, Length: 1L));
        for (var i = 0; i < count; i++)
        {
            var at = first + (i * step);
            var (tag, type, values) = ((int)Number(at, 2), (int)Number(at + 2, 2), Number(at + 4, wide));
            if (values < 0 || type >= _sizes.Length || _sizes[type] == 0 || values > _file.Length)
                return false;
            var bytes = values * _sizes[type];
            if (bytes > wide && (Number(at + 4 + wide, wide) is var offset && (offset < 0 || offset + bytes > _file.Length)))
                return false;
            var value = bytes <= wide ? Number(at + 4 + wide, Math.Min(_sizes[type], wide)) : Number((int)Number(at + 4 + wide, wide), Math.Min(_sizes[type], 8));
            switch (tag)
            {
                case ImageWidth: width = value; break;
                case ImageLength: height = value; break;
                case SamplesPerPixel: samples = value; break;
                case BitsPerSample: bits = value; break;
                case TileWidth: tile.Width = value; break;
                case TileLength: tile.Length = value; break;
                case StripByteCounts or TileByteCounts when !AreInFile(bytes <= wide ? at + 4 + wide : (int)Number(at + 4 + wide, wide), (int)values, _sizes[type]): return false;
            }
        }

        ImageLimits.Check(width, height, name);
        pixels = width * height;
        return samples is > 0 and <= MostSamples && bits is > 0 and <= MostBits
            && tile.Width is > 0 and <= ImageLimits.MaximumSide && tile.Length is > 0 and <= ImageLimits.MaximumSide
            && tile.Width * tile.Length * samples * bits / 8 <= MostBytes
            && width * height * samples * bits / 8 <= Math.Min(MostBytes, (long)MostPacked * _file.Length);
    }

    /// <summary>Whether no strip or tile is longer than the file: the library allocates its length before it reads it.</summary>
    private bool AreInFile(int at, int count, int size)
    {
        for (var i = 0; i < count; i++)
        {
            if (Number(at + (i * size), size) is var length && (length < 0 || length > _file.Length))
                return false;
        }

        return true;
    }

    /// <summary>An unsigned number; -1 if it does not fit into a long.</summary>
    private long Number(int at, int bytes)
    {
        var part = _file.Slice(at, bytes);
        return (bytes, _isLittleEndian) switch
        {
            (1, _) => part[0],
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(part),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(part),
            (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(part),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(part),
            (_, true) => BinaryPrimitives.ReadUInt64LittleEndian(part) is var little && little <= long.MaxValue ? (long)little : -1,
            (_, false) => BinaryPrimitives.ReadUInt64BigEndian(part) is var big && big <= long.MaxValue ? (long)big : -1,
        };
    }
}
