using Siamese.Contracts;

namespace Siamese.Model.Data.Images;

/// <summary>
/// Reads PGM, plain (P2) and raw (P5), with 8 or 16 bits. Values are scaled so that the stated maximum becomes 255.
/// Anything after the first image of a file is ignored.
/// </summary>
internal ref struct PgmReader
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly string _name;
    private int _at = 2;

    private PgmReader(ReadOnlySpan<byte> file, string name)
    {
        _file = file;
        _name = name;
    }

    /// <summary>Whether the file starts like a PGM.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> file) => file.Length > 2 && file[0] == 'P' && file[1] is (byte)'2' or (byte)'5';

    /// <exception cref="BadInputException">The file is too large according to its header, damaged or truncated.</exception>
    public static Picture Read(ReadOnlySpan<byte> file, string name)
    {
        var reader = new PgmReader(file, name);
        return file[1] == '2' ? reader.ReadPlain() : reader.ReadRaw();
    }

    private Picture ReadPlain()
    {
        var (width, height, maximum) = ReadHeader();
        // Every number takes a digit and a separator, so a short file cannot cause a large allocation.
        CheckLength(2L * width * height - 1);
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Scale(Number(), maximum);
        return new Picture(width, height, pixels);
    }

    private Picture ReadRaw()
    {
        var (width, height, maximum) = ReadHeader();
        _at++; // One white-space character ends the header; the first pixel may look like another.
        var bytesEach = maximum > byte.MaxValue ? 2 : 1;
        CheckLength((long)width * height * bytesEach);
        var pixels = new byte[width * height];
        var raw = _file[_at..];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Scale(bytesEach == 1 ? raw[i] : raw[2 * i] << 8 | raw[2 * i + 1], maximum);
        return new Picture(width, height, pixels);
    }

    private (int Width, int Height, int Maximum) ReadHeader()
    {
        var (width, height, maximum) = (Number(), Number(), Number());
        ImageLimits.Check(width, height, _name);
        return maximum is >= 1 and <= ushort.MaxValue
            ? (width, height, maximum)
            : throw Damaged($"its header gives {maximum} as the maximum value, not 1 to 65535");
    }

    private readonly byte Scale(int value, int maximum) => value <= maximum
        ? (byte)((value * 255L + maximum / 2) / maximum)
        : throw Damaged($"it contains the value {value}, above its maximum of {maximum}");

    private readonly void CheckLength(long needed)
    {
        if (_file.Length - _at < needed)
            throw Damaged("it is truncated");
    }

    private int Number()
    {
        SkipSpaceAndComments();
        var start = _at;
        long number = 0;
        for (; _at < _file.Length && _file[_at] is >= (byte)'0' and <= (byte)'9'; _at++)
        {
            number = number * 10 + _file[_at] - '0';
            if (number > int.MaxValue)
                throw Damaged("it contains a number that is too large");
        }

        return _at > start ? (int)number : throw Damaged(_at >= _file.Length ? "it is truncated" : "a number is missing");
    }

    private void SkipSpaceAndComments()
    {
        for (; _at < _file.Length; _at++)
        {
            if (_file[_at] == '#')
            {
                while (_at < _file.Length && _file[_at] is not ((byte)'\n' or (byte)'\r'))
                    _at++;
            }
            else if (_file[_at] is not ((byte)' ' or (>= 9 and <= 13)))
            {
                return;
            }
        }
    }

    private readonly BadInputException Damaged(string reason) =>
        new($"{_name} is not a readable PGM image: {reason}. Replace it or take it out.");
}
