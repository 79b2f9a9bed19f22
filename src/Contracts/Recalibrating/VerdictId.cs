using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Siamese.Contracts.Recalibrating;

/// <summary>
/// The id of one verdict, such as `digits@3.7hq2mzk4vd3a9xw8e5rt0bcn`. It contains everything that feedback needs, so verdicts
/// need not be stored for the few that ever receive feedback, and a mark by which the cluster recognizes what it has said.
/// </summary>
/// <param name="Ensemble">The ensemble's name.</param>
/// <param name="Version">The ensemble's version.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Pair">A 40-bit hash of the two image files, in order.</param>
public sealed record VerdictId(string Ensemble, int Version, float Distance, long Pair)
{
    /// <summary>Bytes of a mark: a forger has to try 2⁴⁷ of them on average, with one call each.</summary>
    public const int MarkBytes = 6;

    /// <summary>Bytes of an image's digest that <see cref="PairOf"/> takes.</summary>
    public const int DigestBytes = SHA256.HashSizeInBytes;

    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no two digits look alike.
    private const int BitsEach = 5;
    private const int PairBytes = 5;
    private const int Bytes = sizeof(float) + PairBytes + MarkBytes;

    /// <summary>Bytes of the ids of earlier builds, which had a checksum in place of the mark.</summary>
    private const int UnmarkedBytes = 10;

    /// <summary>The hash of two image files.</summary>
    /// <param name="first">SHA-256 of the first file.</param>
    /// <param name="second">SHA-256 of the second file.</param>
    public static long PairOf(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> both = stackalloc byte[2 * DigestBytes];
        first.CopyTo(both);
        second.CopyTo(both[DigestBytes..]);
        Span<byte> digest = stackalloc byte[DigestBytes];
        SHA256.HashData(both, digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest) & ((1L << (8 * PairBytes)) - 1);
    }

    /// <summary>Reads an id. Only the cluster can tell whether its mark is valid.</summary>
    /// <returns>The id and its mark.</returns>
    /// <exception cref="BadInputException">It is not a verdict's id, or one of an earlier build.</exception>
    public static (VerdictId Id, byte[] Mark) Parse(string text)
    {
        var (at, dot) = (text.IndexOf('@', StringComparison.Ordinal), text.LastIndexOf('.'));
        if (at < 1 || dot < at || !int.TryParse(text.AsSpan(at + 1, dot - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || Decode(text.AsSpan(dot + 1)) is not { Length: Bytes or UnmarkedBytes } bytes)
        {
            throw new BadInputException($"'{text}' is not a verdict's id. `client verdict` prints the id in its last line, for example digits@3.7hq2mzk4vd3a9xw8e5rt0bcn.");
        }

        if (bytes.Length == UnmarkedBytes)
            throw new BadInputException($"'{text}' is from an earlier build, whose ids anyone could invent: ask for the verdict again.");
        var distance = BinaryPrimitives.ReadSingleBigEndian(bytes);
        if (!float.IsFinite(distance) || distance < 0)
            throw new BadInputException($"'{text}' is not a verdict's id: no distance is {distance.ToString(CultureInfo.InvariantCulture)}.");
        Span<byte> pair = stackalloc byte[sizeof(long)];
        bytes.AsSpan(sizeof(float), PairBytes).CopyTo(pair[(sizeof(long) - PairBytes)..]);
        return (new VerdictId(text[..at], version, distance, BinaryPrimitives.ReadInt64BigEndian(pair)), bytes[^MarkBytes..]);
    }

    /// <summary>What the mark is for: the ensemble's name and version in UTF-8, then the distance and the pair.</summary>
    public byte[] Content()
    {
        var name = Encoding.UTF8.GetBytes(Prefix);
        var content = new byte[name.Length + sizeof(float) + sizeof(long)];
        name.CopyTo(content, 0);
        BinaryPrimitives.WriteSingleBigEndian(content.AsSpan(name.Length), Distance);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(name.Length + sizeof(float)), Pair);
        return content;
    }

    /// <summary>The id as text.</summary>
    /// <param name="mark">Its mark, of at least <see cref="MarkBytes"/> bytes, of which the first ones are used.</param>
    public string ToText(ReadOnlySpan<byte> mark)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteSingleBigEndian(bytes, Distance);
        Span<byte> pair = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(pair, Pair);
        pair[(sizeof(long) - PairBytes)..].CopyTo(bytes.AsSpan(sizeof(float)));
        mark[..MarkBytes].CopyTo(bytes.AsSpan(sizeof(float) + PairBytes));
        var text = new StringBuilder(Prefix);
        var (bits, count) = (0, 0);
        foreach (var part in bytes)
        {
            bits = (bits << 8) | part;
            for (count += 8; count >= BitsEach; count -= BitsEach)
                text.Append(Digits[(bits >> (count - BitsEach)) & 31]);
            bits &= (1 << count) - 1;
        }

        return text.ToString();
    }

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"{Ensemble}@{Version}.");

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length * BitsEach % 8 != 0)
            return null;
        var bytes = new byte[text.Length * BitsEach / 8];
        var (bits, count, next) = (0, 0, 0);
        foreach (var digit in text)
        {
            var value = Digits.IndexOf(char.ToLowerInvariant(digit), StringComparison.Ordinal);
            if (value < 0)
                return null;
            bits = (bits << BitsEach) | value;
            count += BitsEach;
            if (count < 8)
                continue;
            count -= 8;
            bytes[next++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }

        return bytes;
    }
}
