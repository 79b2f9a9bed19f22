using Google.Protobuf;

namespace Siamese.Backbones;

/// <summary>A field of a message in the wire format of Protocol Buffers, in place: weights of hundreds of megabytes are not copied.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">Its value if it is a varint; else 0.</param>
/// <param name="Start">The byte at which its content begins, if its length is delimited; else the byte after it.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="Whole">The byte at which the field begins, with its tag.</param>
internal readonly record struct WireField(int Number, ulong Value, int Start, int Length, int Whole)
{
    /// <summary>The byte at which the next field begins.</summary>
    public int End => Start + Length;

    /// <summary>The fields of a message, in their order.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="start">The byte at which the message begins.</param>
    /// <param name="length">Its length.</param>
    /// <exception cref="InvalidProtocolBufferException">It is not such a message.</exception>
    public static IEnumerable<WireField> Of(byte[] bytes, int start, int length)
    {
        for (var at = start; at < start + length;)
        {
            var field = Read(bytes, at, start + length);
            yield return field;
            at = field.End;
        }
    }

    private static WireField Read(byte[] bytes, int at, int end)
    {
        using var reader = new CodedInputStream(bytes, at, end - at);
        var tag = reader.ReadTag();
        var (number, type) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
        switch (type)
        {
            case WireFormat.WireType.Varint:
                var value = reader.ReadUInt64();
                return new(number, value, (int)reader.Position, 0, at);
            case WireFormat.WireType.LengthDelimited:
                var length = reader.ReadLength();
                var start = (int)reader.Position;
                return length >= 0 && length <= end - start ? new(number, 0, start, length, at) : throw new InvalidDataException("it ends in the middle of a field");
            case WireFormat.WireType.Fixed32:
                return new(number, 0, (int)reader.Position, sizeof(uint), at);
            case WireFormat.WireType.Fixed64:
                return new(number, 0, (int)reader.Position, sizeof(ulong), at);
            default:
                throw new InvalidDataException("it has a field of an unknown type");
        }
    }
}
