using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Siamese.Client.TensorBoard;

/// <summary>
/// The messages of an event file: the few fields that we need of `Event`, `Summary` and `HParamsPluginData` in TensorBoard's
/// protobuf files.
/// </summary>
internal static class Events
{
    private const int Success = 1, Failure = 2;

    /// <summary>The first event of every file.</summary>
    public static byte[] Version(double time) => Message(output =>
    {
        Write(output, 1, time);
        Write(output, 3, "brain.Event:2");
    });

    /// <summary>A point of a curve.</summary>
    public static byte[] Scalar(double time, long step, string tag, double value) => Event(time, step, Message(output =>
    {
        Write(output, 1, tag);
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat((float)value);
    }));

    /// <summary>The start of a trial, with its hyperparameters, for the tab of these.</summary>
    public static byte[] Start(double time, string name, IEnumerable<(string Name, Value Value)> hyperparameters) => Session(time, "start", 3, output =>
    {
        foreach (var (key, value) in hyperparameters)
        {
            Write(output, 1, Message(entry =>
            {
                Write(entry, 1, key);
                Write(entry, 2, value.ToByteArray());
            }));
        }

        Write(output, 4, name);
        Write(output, 5, time);
    });

    /// <summary>The end of a trial.</summary>
    public static byte[] End(double time, bool isUsable) => Session(time, "end", 4, output =>
    {
        output.WriteTag(1, WireFormat.WireType.Varint);
        output.WriteEnum(isUsable ? Success : Failure);
        Write(output, 2, time);
    });

    private static byte[] Session(double time, string kind, int field, Action<CodedOutputStream> write) => Event(time, step: 0, Message(value =>
    {
        Write(value, 1, $"_hparams_/session_{kind}_info");
        Write(value, 9, Message(metadata => Write(metadata, 1, Message(plugin =>
        {
            Write(plugin, 1, "hparams");
            Write(plugin, 2, Message(content => Write(content, field, Message(write))));
        }))));
    }));

    private static byte[] Event(double time, long step, byte[] value) => Message(output =>
    {
        Write(output, 1, time);
        output.WriteTag(2, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        Write(output, 5, Message(summary => Write(summary, 1, value)));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return stream.ToArray();
    }

    private static void Write(CodedOutputStream output, int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    private static void Write(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Write(CodedOutputStream output, int field, byte[] value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    }
}
