using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;

namespace Siamese.Model.Data.Readers;

/// <summary>SHA-256 over the names and contents of files. Their location and compression do not affect it.</summary>
internal readonly record struct ContentHash(string Hexadecimal)
{
    /// <summary>Raise it when a change to this code gives the same files different hashes or splits.</summary>
    private const string Version = "siamese-data-1";

    /// <summary>Seed for everything drawn from this data: the same content is always split the same way.</summary>
    public ulong Seed => Convert.ToUInt64(Hexadecimal[..16], 16);

    /// <param name="files">Names relative to the data's folder, with `/`, and the SHA-256 of each file's content, in ordinal order of names.</param>
    /// <param name="readAs">What else tells this data from other data with the same files; null if nothing does.</param>
    public static ContentHash Of(IEnumerable<(string Name, byte[] Sha256)> files, params IEnumerable<string?> readAs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Version);
        foreach (var (name, sha256) in files)
        {
            Append(hash, name);
            hash.AppendData(sha256);
        }

        if (readAs.OfType<string>().ToArray() is { Length: > 0 } ways)
            Append(hash, string.Join(", ", ways));
        return new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A data set's fingerprint: the content, how it is split, and what a 1 means.</summary>
    public string Fingerprint(SplitBy splitBy, Relation? labelMeans)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Hexadecimal);
        Append(hash, splitBy.ToString());
        Append(hash, labelMeans?.ToString() ?? "");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The first 16 bytes of a content's SHA-256: enough to tell images apart.</summary>
    public static UInt128 Short(ReadOnlySpan<byte> content) => Shortened(SHA256.HashData(content));

    /// <summary>The first 16 bytes of a SHA-256.</summary>
    public static UInt128 Shortened(byte[] sha256) => BinaryPrimitives.ReadUInt128BigEndian(sha256);

    /// <summary>Prefixes the length, so that different lists of names never give the same bytes.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
