using System.Buffers.Binary;
using System.Text;

namespace Siamese.Contracts.Connections;

/// <summary>A silo's answer to a peer that has proved who it is: one byte (1 admitted, 0 refused), two bytes of length, then a ticket or a reason.</summary>
internal static class Welcome
{
    private const byte Admitted = 1;
    private const byte Refused = 0;
    private const int HeaderBytes = 3;

    public static ValueTask Admit(Stream stream, byte[] ticket, CancellationToken cancellation) => Write(stream, Admitted, ticket, cancellation);

    public static ValueTask Refuse(Stream stream, string reason, CancellationToken cancellation) =>
        Write(stream, Refused, Encoding.UTF8.GetBytes(reason), cancellation);

    /// <summary>The ticket.</summary>
    /// <exception cref="ConnectionRefusedException">The silo refused; the message is its reason.</exception>
    /// <exception cref="EndOfStreamException">The silo closed the connection without an answer.</exception>
    public static async Task<byte[]> Read(Stream stream, CancellationToken cancellation)
    {
        var header = new byte[HeaderBytes];
        await stream.ReadExactlyAsync(header, cancellation);
        var content = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(1))];
        await stream.ReadExactlyAsync(content, cancellation);
        return header[0] == Admitted ? content : throw new ConnectionRefusedException(PlainText.Of(Encoding.UTF8.GetString(content)));
    }

    private static ValueTask Write(Stream stream, byte status, byte[] content, CancellationToken cancellation)
    {
        var message = new byte[HeaderBytes + content.Length];
        message[0] = status;
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(1), checked((ushort)content.Length));
        content.CopyTo(message, HeaderBytes);
        return stream.WriteAsync(message, cancellation);
    }
}
