using System.Buffers.Binary;
using Siamese.Contracts;

namespace Siamese.Web.Exchange;

/// <summary>
/// Checks the size of a zip file's list of entries before a library reads the whole list into memory (APPNOTE.TXT 6.3.10,
/// section 4.3.16).
/// </summary>
internal static class ArchiveDirectory
{
    /// <summary>Maximum bytes of the list: enough for ten thousand files.</summary>
    private const int MaximumBytes = 1024 * 1024;

    private const int RecordBytes = 22;
    private const int OffsetAt = 16;

    /// <summary>Numbers of 16 bits in the record: of disks, and of entries.</summary>
    private static readonly int[] _numbersAt = [4, 6, 8, 10];

    private const int SignatureBytes = 4;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>What an archive states if its offsets do not fit into 32 bits, or its numbers into 16: they are elsewhere then.</summary>
    private const uint Elsewhere = uint.MaxValue;

    /// <exception cref="BadInputException">It is not a zip file, or has too many entries.</exception>
    public static async Task Check(Stream archive, CancellationToken cancellation)
    {
        var end = new byte[Math.Min(archive.Length, RecordBytes + LongestComment)];
        archive.Position = archive.Length - end.Length;
        await archive.ReadExactlyAsync(end, cancellation);
        archive.Position = 0;
        // The last place with the signature, as for every reader of zip files.
        var at = end.AsSpan()[..Math.Max(0, end.Length - RecordBytes + SignatureBytes)].LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0)
            throw new BadInputException("The body is not a whole zip file; send what GET ensembles/{ensemble}/versions/{version}/export answers with.");
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + OffsetAt));
        var directory = archive.Length - end.Length + at - offset;
        BadInputException.ThrowUnless(offset != Elsewhere && !_numbersAt.Any(number => BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + number)) == ushort.MaxValue) && directory is >= 0 and <= MaximumBytes, $"The zip file has more files than any ensemble; send what GET ensembles/{{ensemble}}/versions/{{version}}/export answers with.");
    }
}
