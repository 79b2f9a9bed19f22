using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Siamese.Silo.Admission;

/// <summary>What Orleans' peers send first: four bytes with a length, and a message in which they identify themselves.</summary>
internal static class Preamble
{
    private const int HeaderBytes = sizeof(int);

    /// <summary>The longest message that Orleans reads.</summary>
    private const int LongestBytes = 1024;

    /// <summary>Waits until all of it has arrived, and leaves it there. Orleans itself waits for it without a time limit.</summary>
    /// <returns>The message; null if the peer sent something else, or closed the connection.</returns>
    public static async Task<byte[]?> Arrives(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var buffer = read.Buffer;
            var length = LengthOf(buffer);
            var hasArrived = length is > 0 and <= LongestBytes && buffer.Length >= HeaderBytes + length;
            if (hasArrived)
            {
                var message = buffer.Slice(HeaderBytes, length!.Value).ToArray();
                input.AdvanceTo(buffer.Start, buffer.Start);
                return message;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (length is <= 0 or > LongestBytes || read.IsCompleted || read.IsCanceled)
                return null;
        }
    }

    /// <summary>The stated length; null if it has not arrived.</summary>
    private static int? LengthOf(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < HeaderBytes)
            return null;
        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        return BinaryPrimitives.ReadInt32LittleEndian(header);
    }
}
