using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Siamese.Contracts.Ensembles;

/// <summary>
/// The id of one verdict, such as `digits@3.7hq2mzk4vd3a9xw8`. It contains everything that feedback needs, so verdicts
/// need not be stored for the few that ever receive feedback.
/// </summary>
/// <param name="Ensemble">The ensemble's name.</param>
/// <param name="Version">The ensemble's version.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Pair">A 40-bit hash of the two image files, in order.</param>
public sealed record VerdictId(string Ensemble, int Version, float Distance, long Pair)
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no two digits look alike.
    private const int BitsEach = 5;
    private const int Bytes = 10;
    private const int PairBytes = 5;

    /// <summary>Bytes of an image's digest that <see cref="PairOf"/> takes.</summary>
    public const int DigestBytes = SHA256.HashSizeInBytes;

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

    /// <exception cref="BadInputException">It is not a verdict's id, or was mistyped.</exception>
    public static VerdictId Parse(string text)
    {
        var (at, dot) = (text.IndexOf('@', StringComparison.Ordinal), text.LastIndexOf('.'));
        if (at < 1 || dot < at || !int.TryParse(text.AsSpan(at + 1, dot - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || Decode(text.AsSpan(dot + 1)) is not { } bytes)
        {
            throw new BadInputException($"'{text}' is not a verdict's id. `client verdict` prints the id in its last line, for example digits@3.7hq2mzk4vd3a9xw8.");
        }

        Span<byte> pair = stackalloc byte[sizeof(long)];
        bytes.AsSpan(sizeof(float), PairBytes).CopyTo(pair[(sizeof(long) - PairBytes)..]);
        var id = new VerdictId(text[..at], version, BinaryPrimitives.ReadSingleBigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(pair));
        return id.ToBytes().AsSpan().SequenceEqual(bytes) ? id : throw new BadInputException($"'{text}' is mistyped: its last character does not match the others. Copy the whole id.");
    }

    public override string ToString()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Ensemble}@{Version}."));
        var (bits, count) = (0, 0);
        foreach (var part in ToBytes())
        {
            bits = (bits << 8) | part;
            for (count += 8; count >= BitsEach; count -= BitsEach)
                text.Append(Digits[(bits >> (count - BitsEach)) & 31]);
            bits &= (1 << count) - 1;
        }

        return text.ToString();
    }

    /// <summary>The distance, the pair, and a checksum byte that reveals typing errors.</summary>
    private byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteSingleBigEndian(bytes, Distance);
        Span<byte> pair = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(pair, Pair);
        pair[(sizeof(long) - PairBytes)..].CopyTo(bytes.AsSpan(sizeof(float)));
        var name = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Ensemble}@{Version}"));
        bytes[^1] = SHA256.HashData([.. name, .. bytes.AsSpan(0, Bytes - 1)])[0];
        return bytes;
    }

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length * BitsEach != Bytes * 8)
            return null;
        var bytes = new byte[Bytes];
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
