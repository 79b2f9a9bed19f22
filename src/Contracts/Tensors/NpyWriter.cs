using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Siamese.Contracts.Tensors;

/// <summary>Writes arrays in NumPy's format, version 1.0 (NEP 1).</summary>
public static class NpyWriter
{
    /// <summary>The start of a file, to which its elements are added row by row.</summary>
    /// <param name="type">Type of an element as NumPy writes it, such as `&lt;f4`.</param>
    /// <param name="shape">Sizes of the array.</param>
    public static byte[] Header(string type, params ReadOnlySpan<long> shape)
    {
        var sizes = string.Concat(shape.ToArray().Select((size, i) => FormattableString.Invariant($"{(i > 0 ? " " : "")}{size},")));
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({(shape.Length > 1 ? sizes.TrimEnd(',') : sizes)}), }}";
        // Magic, version and length take 10 bytes; the header is padded with spaces to a multiple of 64 and ends with a line feed.
        var padded = ((10 + header.Length + 1 + 63) / 64 * 64) - 10;
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, 0, 0, .. Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + '\n')];
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), (ushort)padded);
        return start;
    }

    /// <summary>Writes rows of numbers as a float32 array of shape (N, D).</summary>
    /// <param name="file">The file.</param>
    /// <param name="rows">N rows.</param>
    /// <param name="width">D.</param>
    public static void Write(Stream file, IReadOnlyList<float[]> rows, int width)
    {
        file.Write(Header("<f4", rows.Count, width));
        foreach (var row in rows)
            file.Write(MemoryMarshal.AsBytes<float>(row));
    }

    /// <summary>Writes one vector as a float32 array of shape (D).</summary>
    /// <param name="values">D single-precision floats, little-endian.</param>
    public static byte[] Vector(ReadOnlySpan<byte> values) => [.. Header("<f4", values.Length / sizeof(float)), .. values];

    /// <summary>Writes texts as an array of shape (N).</summary>
    /// <param name="file">The file.</param>
    /// <param name="texts">N texts.</param>
    public static void Write(Stream file, IReadOnlyList<string> texts)
    {
        byte[][] encoded = [.. texts.Select(Encoding.UTF32.GetBytes)];
        var longest = Math.Max(4, encoded.Select(text => text.Length).DefaultIfEmpty().Max());
        file.Write(Header($"<U{longest / 4}", texts.Count));
        foreach (var text in encoded)
        {
            file.Write(text);
            file.Write(new byte[longest - text.Length]);
        }
    }
}
