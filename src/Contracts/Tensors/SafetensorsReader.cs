using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Siamese.Contracts.Tensors;

/// <summary>Reads a safetensors file and trusts nothing in it.</summary>
internal static class SafetensorsReader
{
    // The format's own limit, against a header that would fill the memory.
    private const long LongestHeader = 100_000_000;

    public static TensorFile Read(ReadOnlySpan<byte> file)
    {
        var length = HeaderLength(file, file.Length);

        var data = file[(Safetensors.LengthBytes + (int)length)..];
        var (entries, metadata) = ParseHeader(file.Slice(Safetensors.LengthBytes, (int)length));
        CheckPlaces(entries, data.Length);
        var tensors = new List<NamedTensor>(entries.Count);
        foreach (var entry in entries)
            tensors.Add(ToTensor(entry, data[(int)entry.Begin..(int)entry.End]));
        return new TensorFile(tensors, metadata);
    }

    /// <summary>Reads a file's header, without the data after it.</summary>
    /// <param name="start">The start of the file, at least up to the end of its header.</param>
    /// <param name="fileLength">Size of the whole file in bytes.</param>
    public static TensorShapes ReadHeader(ReadOnlySpan<byte> start, long fileLength)
    {
        var length = HeaderLength(start, fileLength);
        if (length > start.Length - Safetensors.LengthBytes)
            throw new InvalidDataException($"The header claims to be {length} bytes long, but only {start.Length - Safetensors.LengthBytes} are present.");
        var (entries, metadata) = ParseHeader(start.Slice(Safetensors.LengthBytes, (int)length));
        return new(entries.ToDictionary(entry => entry.Name, entry => new TensorShape(entry.Type, entry.Shape), StringComparer.Ordinal), metadata);
    }

    /// <inheritdoc cref="Safetensors.ReadPlaces"/>
    public static (IReadOnlyList<TensorPlace> Tensors, IReadOnlyDictionary<string, string> Metadata) ReadPlaces(ReadOnlySpan<byte> start, long fileLength)
    {
        var length = HeaderLength(start, fileLength);
        if (length > start.Length - Safetensors.LengthBytes)
            throw new InvalidDataException($"The header claims to be {length} bytes long, but only {start.Length - Safetensors.LengthBytes} are present.");
        var (entries, metadata) = ParseHeader(start.Slice(Safetensors.LengthBytes, (int)length));
        var from = Safetensors.LengthBytes + length;
        CheckPlaces(entries, fileLength - from);
        return ([.. entries.Select(entry => new TensorPlace(entry.Name, new(entry.Type, entry.Shape), from + entry.Begin, from + entry.End))], metadata);
    }

    /// <summary>Sorts the entries by their places, and checks that they are the data.</summary>
    private static void CheckPlaces(List<Entry> entries, long bytes)
    {
        entries.Sort((one, other) => (one.Begin, one.End).CompareTo((other.Begin, other.End)));
        long at = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
                throw new InvalidDataException($"`{entry.Name}` begins at byte {entry.Begin} of the data, not at {at}: an overlap or a gap.");
            if (entry.End < entry.Begin || entry.End > bytes)
                throw new InvalidDataException($"`{entry.Name}` claims to end at byte {entry.End} of {bytes}.");
            at = entry.End;
        }

        if (at != bytes)
            throw new InvalidDataException($"{bytes - at} bytes at the end of the data belong to no tensor.");
    }

    /// <summary>Length of the header after the bytes that state it.</summary>
    public static long HeaderLength(ReadOnlySpan<byte> start, long fileLength)
    {
        if (start.Length < Safetensors.LengthBytes)
            throw new InvalidDataException($"A safetensors file has at least 8 bytes; this has {start.Length}.");
        var length = BinaryPrimitives.ReadInt64LittleEndian(start);
        return length is >= 2 and <= LongestHeader && length <= fileLength - Safetensors.LengthBytes
            ? length
            : throw new InvalidDataException($"The header claims to be {length} bytes long, in a file of {fileLength} bytes.");
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) ParseHeader(ReadOnlySpan<byte> header)
    {
        if (header[0] != (byte)'{')
            throw new InvalidDataException("The header does not begin with `{`.");
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var json = JsonDocument.Parse(header.ToArray(), options);
            var entries = new List<Entry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == Safetensors.MetadataKey)
                    foreach (var item in property.Value.EnumerateObject())
                        metadata[item.Name] = item.Value.GetString() ?? throw new InvalidDataException($"The metadata `{item.Name}` is not text.");
                else
                    entries.Add(ToEntry(property.Name, property.Value));
            }

            return (entries, metadata);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"The header does not follow the format: {problem.Message}", problem);
        }
    }

    private static Entry ToEntry(string name, JsonElement entry)
    {
        var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets.Length != 2)
            throw new InvalidDataException($"`{name}` has {offsets.Length} data offsets, not 2.");
        var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        if (shape.Any(size => size < 0))
            throw new InvalidDataException($"`{name}` has a negative size in its shape [{string.Join(", ", shape)}].");
        return new Entry(name, entry.GetProperty("dtype").GetString() ?? "", shape, offsets[0], offsets[1]);
    }

    private static NamedTensor ToTensor(Entry entry, ReadOnlySpan<byte> bytes)
    {
        var size = entry.Type switch
        {
            "F32" => sizeof(float),
            "I64" => sizeof(long),
            _ => throw new InvalidDataException($"`{entry.Name}` has the dtype {entry.Type}; only F32 and I64 are supported."),
        };
        if (NamedTensor.Places(entry.Shape) * size != bytes.Length)
            throw new InvalidDataException($"`{entry.Name}` has {bytes.Length} bytes for the shape [{string.Join(", ", entry.Shape)}] of {entry.Type}.");

        return size == sizeof(long)
            ? new NamedTensor(entry.Name, entry.Shape, MemoryMarshal.Cast<byte, long>(bytes).ToArray())
            : new NamedTensor(entry.Name, entry.Shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    private sealed record Entry(string Name, string Type, long[] Shape, long Begin, long End);
}
