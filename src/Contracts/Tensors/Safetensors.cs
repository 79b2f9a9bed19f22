using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Siamese.Contracts.Tensors;

/// <summary>
/// The safetensors format, as PyTorch users know it: 8 bytes of header length (little-endian), a JSON header that names
/// each tensor's dtype, shape and data_offsets, padded with spaces to a multiple of 8, then the numbers (little-endian).
/// Only the dtypes F32 and I64 are supported.
/// </summary>
public static class Safetensors
{
    internal const string MetadataKey = "__metadata__";
    internal const int LengthBytes = 8;

    /// <summary>The bytes of a file. Equal content gives equal bytes: I64 before F32 (for alignment), then by name; metadata by key.</summary>
    /// <exception cref="ArgumentException">Two tensors share a name, or one has the name of the metadata.</exception>
    public static byte[] Write(IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(tensor => tensor.IsInteger).ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToArray();
        if (ordered.DistinctBy(tensor => tensor.Name).Count() < ordered.Length || ordered.Any(tensor => tensor.Name == MetadataKey))
            throw new ArgumentException($"Names of tensors must differ from each other and from {MetadataKey}.", nameof(tensors));

        var header = Header(ordered, metadata);
        var padded = (header.Length + 7) / 8 * 8;
        var file = new byte[LengthBytes + padded + ordered.Sum(tensor => Bytes(tensor).Length)];
        BinaryPrimitives.WriteInt64LittleEndian(file, padded);
        header.CopyTo(file.AsSpan(LengthBytes));
        file.AsSpan(LengthBytes + header.Length, padded - header.Length).Fill((byte)' ');

        var at = LengthBytes + padded;
        foreach (var tensor in ordered)
        {
            var bytes = Bytes(tensor);
            bytes.CopyTo(file.AsSpan(at));
            at += bytes.Length;
        }

        return file;
    }

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a safetensors file, or a tensor has another dtype, lies outside the data, overlaps another, or leaves a gap.
    /// The message says which.
    /// </exception>
    public static TensorFile Read(ReadOnlySpan<byte> file) => SafetensorsReader.Read(file);

    /// <summary>Reads a file's header, without the data after it.</summary>
    /// <param name="start">The start of the file, at least up to the end of its header.</param>
    /// <param name="fileLength">Size of the whole file in bytes.</param>
    /// <exception cref="InvalidDataException">The header is not valid.</exception>
    public static TensorShapes ReadHeader(ReadOnlySpan<byte> start, long fileLength) => SafetensorsReader.ReadHeader(start, fileLength);

    /// <summary>Reads a file's header, and the places of the tensors' numbers: none overlap, and none lie outside the file.</summary>
    /// <inheritdoc cref="ReadHeader"/>
    public static (IReadOnlyList<TensorPlace> Tensors, IReadOnlyDictionary<string, string> Metadata) ReadPlaces(ReadOnlySpan<byte> start, long fileLength) => SafetensorsReader.ReadPlaces(start, fileLength);

    /// <summary>Bytes of a file's header, with the bytes that state it.</summary>
    /// <param name="start">At least the first 8 bytes of the file.</param>
    /// <param name="fileLength">Size of the whole file in bytes.</param>
    /// <exception cref="InvalidDataException">There are fewer bytes, or the length is not possible.</exception>
    public static int HeaderBytes(ReadOnlySpan<byte> start, long fileLength) => LengthBytes + (int)SafetensorsReader.HeaderLength(start, fileLength);

    private static ReadOnlySpan<byte> Header(NamedTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var tensor in tensors)
                WriteEntry(json, tensor, ref offset);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteEntry(Utf8JsonWriter json, NamedTensor tensor, ref long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.IsInteger ? "I64" : "F32");
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset += Bytes(tensor).Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Bytes(NamedTensor tensor) =>
        tensor.IsInteger ? MemoryMarshal.AsBytes(tensor.Integers.AsSpan()) : MemoryMarshal.AsBytes(tensor.Values.AsSpan());
}
