using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Data;

namespace Siamese.Model.Data;

/// <summary>SHA-256 over names and contents of files. Where the files lie, and whether they are compressed, does not enter.</summary>
internal readonly record struct ContentHash(string Hexadecimal)
{
    /// <summary>Raised when a change to this code gives other hashes or other splits to the same files.</summary>
    private const string Version = "siamese-data-1";

    /// <summary>Seed for whatever is drawn from this data: the same content is always split alike.</summary>
    public ulong Seed => Convert.ToUInt64(Hexadecimal[..16], 16);

    /// <param name="files">Names relative to the data's folder, with `/`, and the SHA-256 of each content; in ordinal order of names.</param>
    public static ContentHash Of(IEnumerable<(string Name, byte[] Sha256)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Version);
        foreach (var (name, sha256) in files)
        {
            Append(hash, name);
            hash.AppendData(sha256);
        }

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

    /// <summary>With its length in front, so that no two lists of names run together alike.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
