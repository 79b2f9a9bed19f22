using System.Buffers.Binary;
using System.Text;

namespace Siamese.EndToEnd.Tests.Collectors;

/// <summary>A message of Protocol Buffers, read without its schema: its fields by their numbers.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var field = (int)(tag >> 3);
            _fields.Add((tag & 7) switch
            {
                0 => (field, Varint(ref bytes), default),
                1 => (field, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span), default),
                2 => (field, 0, Take(ref bytes, (int)Varint(ref bytes))),
                5 => (field, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span), default),
                var type => throw new InvalidDataException($"There is no wire type {type}."),
            });
        }
    }

    /// <summary>The messages in a repeated field.</summary>
    public IEnumerable<ProtoMessage> All(int field) => _fields.Where(its => its.Field == field).Select(its => new ProtoMessage(its.Bytes));

    /// <summary>The message in a field; an empty one if the field is absent.</summary>
    public ProtoMessage One(int field) => All(field).LastOrDefault() ?? new ProtoMessage(default);

    public bool Has(int field) => _fields.Exists(its => its.Field == field);

    public ulong Number(int field) => _fields.LastOrDefault(its => its.Field == field).Number;

    public string Text(int field) => Encoding.UTF8.GetString(_fields.LastOrDefault(its => its.Field == field).Bytes.Span);

    /// <summary>Bytes as hexadecimal digits.</summary>
    public string Hex(int field) => Convert.ToHexStringLower(_fields.LastOrDefault(its => its.Field == field).Bytes.Span);

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref bytes, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int count)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
