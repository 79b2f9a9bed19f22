using System.Text;
using Google.Protobuf;

namespace Siamese.Testing.Networks;

/// <summary>
/// A network in the format of ONNX, small enough to write by hand: the mean of each colour, `pool` (N, 3, 1, 1), flattened, times
/// a matrix (3, D), `features` (N, D). Field numbers are those of onnx.proto.
/// </summary>
public sealed record SmallNetwork
{
    private const int Float = 1;

    /// <summary>Sizes of its input; a word for one that is not fixed.</summary>
    public object[] Sizes { get; init; } = ["N", 3, 8, 8];

    /// <summary>The format's number of its input's type.</summary>
    public int InputType { get; init; } = Float;

    /// <summary>(3, D), row by row.</summary>
    public float[] Weights { get; init; } = [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1];

    /// <summary>Rows of the matrix.</summary>
    public int Rows { get; init; } = 3;

    /// <summary>The operator of its first node.</summary>
    public string Operator { get; init; } = "GlobalAveragePool";

    /// <summary>What its first node takes.</summary>
    public string Takes { get; init; } = "image";

    /// <summary>Whether its weights are said to be in another file.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Another input besides the image; null for none.</summary>
    public string? OtherInput { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Its file.</summary>
    public byte[] Write()
    {
        var graph = Join(
            Message(1, Node(Operator, Takes, "pool")),
            Message(1, Node("Flatten", "pool", "flat")),
            Message(1, Node("MatMul", "flat,weights", "features")),
            Message(2, Utf8("small")),
            Message(5, Tensor("weights", [Rows, Weights.Length / Rows], Weights)),
            Message(11, Value("image", InputType, Sizes)),
            OtherInput is null ? [] : Message(11, Value(OtherInput, Float, [1])),
            Message(12, Value("features", Float, ["N", Weights.Length / Rows])));
        return Join(
            [Number(1, 8), Message(7, graph), Message(8, Number(2, 17)), .. Metadata.Select(pair => Message(14, Join(Message(1, Utf8(pair.Key)), Message(2, Utf8(pair.Value)))))]);
    }

    private byte[] Tensor(string name, long[] sizes, float[] values) => Join(
    [
        .. sizes.Select(size => Number(1, (ulong)size)),
        Number(2, Float),
        Message(8, Utf8(name)),
        IsExternal ? Join(Message(13, Join(Message(1, Utf8("location")), Message(2, Utf8("weights.bin")))), Number(14, 1)) : Message(9, [.. values.SelectMany(BitConverter.GetBytes)]),
    ]);

    private static byte[] Node(string type, string inputs, string output) =>
        Join([.. inputs.Split(',').Select(input => Message(1, Utf8(input))), Message(2, Utf8(output)), Message(3, Utf8($"{output}-node")), Message(4, Utf8(type))]);

    private static byte[] Value(string name, int type, object[] sizes)
    {
        var shape = Join([.. sizes.Select(size => Message(1, size is int fixedSize ? Number(1, (ulong)fixedSize) : Message(2, Utf8((string)size))))]);
        return Join(Message(1, Utf8(name)), Message(2, Message(1, Join(Number(1, (ulong)type), Message(2, shape)))));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] Number(int field, ulong value) => Written(writer =>
    {
        writer.WriteTag(field, WireFormat.WireType.Varint);
        writer.WriteUInt64(value);
    });

    private static byte[] Message(int field, byte[] content) => Written(writer =>
    {
        writer.WriteTag(field, WireFormat.WireType.LengthDelimited);
        writer.WriteBytes(ByteString.CopyFrom(content));
    });

    private static byte[] Written(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new CodedOutputStream(stream, leaveOpen: true))
            write(writer);
        return stream.ToArray();
    }
}
