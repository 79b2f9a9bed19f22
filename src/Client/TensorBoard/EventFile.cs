using System.Buffers.Binary;
using System.Numerics;

namespace Siamese.Client.TensorBoard;

/// <summary>
/// An event file as TensorBoard reads it: a TFRecord file, in which each record has a length, the CRC-32C of the length, the
/// data and the CRC-32C of the data.
/// </summary>
internal static class EventFile
{
    private const uint MaskDelta = 0xa282ead8;

    private const int LengthBytes = sizeof(ulong), SumBytes = sizeof(uint);

    /// <param name="events">Each as a protobuf message.</param>
    public static byte[] Of(IEnumerable<byte[]> events)
    {
        using var file = new MemoryStream();
        Span<byte> head = stackalloc byte[LengthBytes + SumBytes];
        Span<byte> tail = stackalloc byte[SumBytes];
        foreach (var message in events)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)message.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head[LengthBytes..], MaskedSum(head[..LengthBytes]));
            BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedSum(message));
            file.Write(head);
            file.Write(message);
            file.Write(tail);
        }

        return file.ToArray();
    }

    /// <summary>The CRC-32C, rotated and shifted so that it is not the sum of data that contains sums.</summary>
    private static uint MaskedSum(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var one in data)
            sum = BitOperations.Crc32C(sum, one);
        return BitOperations.RotateRight(~sum, 15) + MaskDelta;
    }
}
