using System.IO.Compression;
using System.Text;

namespace Siamese.Contracts.Data.Lists;

/// <summary>
/// Reads the text of a list: plain or gzipped, in UTF-8, UTF-16 or UTF-32 with a byte order mark, in UTF-16 without one, or
/// in Latin-1 if it is none of these.
/// </summary>
internal static class ListText
{
    /// <summary>256 MB of text, some three million pairs.</summary>
    private const int MaximumBytes = 256 * 1024 * 1024;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="BadInputException">The file cannot be read, is too large, or is not text.</exception>
    public static string Read(string path)
    {
        var bytes = Bytes(path);
        if (bytes.AsSpan().StartsWith("PK\x3\x4"u8))
            throw new BadInputException($"{path} is a spreadsheet or a zip archive. Save the sheet as CSV, or unpack the archive.");
        if (bytes.Length > 262 && bytes.AsSpan(257).StartsWith("ustar"u8))
            throw new BadInputException($"{path} is an archive. Unpack it, and give the folder or the list in it.");
        var text = Decode(bytes);
        return !text.Contains('\0') ? text : throw new BadInputException($"{path} is not text. Give a list of images as text, such as a .csv.");
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            var bytes = RegularFile.Read(path, MaximumBytes) ?? throw TooLarge(path);
            return bytes is [0x1F, 0x8B, ..] ? Unpacked(path, bytes) : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). Check that the file exists and its permissions.", e);
        }
    }

    private static byte[] Unpacked(string path, byte[] bytes)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            while (gzip.Read(buffer) is var read and > 0)
            {
                if (unpacked.Length + read > MaximumBytes)
                    throw TooLarge(path);
                unpacked.Write(buffer, 0, read);
            }

            return unpacked.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{path} is damaged: it cannot be unpacked. Fetch it again.", e);
        }
    }

    private static string Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, 0, 0, ..])
            return Encoding.UTF32.GetString(bytes.AsSpan(4));
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            return Encoding.UTF8.GetString(bytes.AsSpan(3));
        if (IsEvery(bytes, second: true))
            return Encoding.Unicode.GetString(bytes);
        if (IsEvery(bytes, second: false))
            return Encoding.BigEndianUnicode.GetString(bytes);
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>Whether most first or second bytes of pairs are 0 and the others are not: UTF-16 of mostly Latin letters.</summary>
    private static bool IsEvery(byte[] bytes, bool second)
    {
        var pairs = Math.Min(bytes.Length, 1000) / 2;
        var (zeros, others) = (0, 0);
        for (var i = 0; i < pairs; i++)
        {
            zeros += bytes[2 * i + (second ? 1 : 0)] == 0 ? 1 : 0;
            others += bytes[2 * i + (second ? 0 : 1)] == 0 ? 1 : 0;
        }

        return pairs > 8 && others == 0 && zeros > 0.9 * pairs;
    }

    private static BadInputException TooLarge(string path) =>
        new($"{path} is larger than {MaximumBytes / (1024 * 1024)} MB unpacked, the maximum for a list. Split it.");
}
