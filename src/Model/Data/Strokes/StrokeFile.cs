using System.Buffers;
using System.Text;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>The text of a file with pen strokes, and the errors that name the file.</summary>
internal sealed class StrokeFile
{
    private const int MaximumMegabytes = 16;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding _utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding _utf16BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <summary>Control characters that text does not contain; white space is not among them.</summary>
    private static readonly SearchValues<char> _controls =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Where(code => code is not (>= 9 and <= 13)).Select(code => (char)code), '\x7F']);

    private StrokeFile(string name, string text) => (Name, Text) = (name, text);

    /// <summary>The file's name in messages.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <exception cref="BadInputException">The file is empty, too large or not text.</exception>
    public static StrokeFile Open(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length > MaximumMegabytes * 1024 * 1024)
            throw new BadInputException(FormattableString.Invariant($"{name} is larger than {MaximumMegabytes} MB, the maximum for pen strokes. Give one drawing per file, or take it out."));
        var text = Decode(file, isWhole: true)
            ?? throw new BadInputException($"{name} is not text in UTF-8 or UTF-16, so it cannot contain pen strokes. Export the strokes as text, or take the file out.");
        return !string.IsNullOrWhiteSpace(text) ? new(name, text) : throw new BadInputException($"{name} is empty. Replace it or take it out.");
    }

    /// <summary>The text in UTF-8 or, after a byte order mark, UTF-16; null if it is not text.</summary>
    /// <param name="file">The file or its start.</param>
    /// <param name="isWhole">Whether the last character must be complete.</param>
    public static string? Decode(ReadOnlySpan<byte> file, bool isWhole)
    {
        (Encoding encoding, int mark) = file switch
        {
            [0xFF, 0xFE, ..] => (_utf16, 2),
            [0xFE, 0xFF, ..] => (_utf16BigEndian, 2),
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)_utf8, 3),
            _ => (_utf8, 0),
        };
        try
        {
            var characters = new char[encoding.GetMaxCharCount(file.Length - mark)];
            var text = characters.AsSpan(0, encoding.GetDecoder().GetChars(file[mark..], characters, flush: isWhole));
            return text.ContainsAny(_controls) ? null : text.ToString();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>An error at a place in the file.</summary>
    /// <param name="place">A line or a point.</param>
    /// <param name="problem">What is wrong and what to do, as sentences.</param>
    public BadInputException Bad(Place place, string problem) => new($"{Name}, {place}: {problem}");
}
