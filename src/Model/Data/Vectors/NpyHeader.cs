using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Siamese.Model.Data.Vectors;

/// <summary>
/// The header of an array in NumPy's format (NEP 1): a magic word, the version, the length of the header, and a Python dictionary
/// of type, order and shape.
/// </summary>
/// <param name="Type">The type as NumPy writes it, without the byte order: `f4`, `U12`.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
/// <param name="IsColumnwise">Whether it is stored column by column (Fortran's order).</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">Bytes before the first element.</param>
internal sealed partial record NpyHeader(string Type, bool IsBigEndian, bool IsColumnwise, long[] Shape, int Start = 0)
{
    /// <summary>NumPy itself refuses headers of more than 10,000 characters.</summary>
    private const int LongestHeader = 65_536;

    /// <summary>The type of its numbers; null if it has none.</summary>
    public NumberType? Number { get; } = NumberType.OfNumpy(Type);

    /// <summary>Bytes of an element; 0 if they are not known.</summary>
    public long ElementBytes => Number?.Size
        ?? (Type is ['S' or 'U', .. var length] && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (Type[0] == 'U' ? 4L : 1) * count : 0);

    /// <summary>Number of elements, at most the largest long.</summary>
    public long Count => (long)Shape.Aggregate(Int128.One, (product, size) => Int128.Min(product * size, long.MaxValue));

    /// <summary>The type in words: `float32` or `text`.</summary>
    public string TypeName => Number?.Name ?? (Type is ['U' or 'S', ..] ? "text" : $"'{Type}'");

    /// <summary>As in `float32 (1000, 512)`.</summary>
    public override string ToString() => $"{TypeName} ({string.Join(", ", Shape)})";

    public static bool Recognizes(ReadOnlySpan<byte> start) => start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..];

    /// <summary>Reads the header of an array, up to its first element.</summary>
    /// <param name="stream">The array.</param>
    /// <param name="array">What messages call it.</param>
    /// <exception cref="Contracts.BadInputException">It is not an array, or not one of numbers or text.</exception>
    public static NpyHeader Read(Stream stream, ArrayOf array)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) < 10 || !Recognizes(start))
            throw array.Bad($"is not an array of NumPy. Save it again with numpy.save or numpy.savez.");
        long length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (start[6] >= 2)
        {
            if (stream.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false) < 2)
                throw Cut(array);
            length = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        }

        if (length > LongestHeader)
            throw array.Bad($"has a header of {length} bytes, which no array of numbers needs. Save it again with numpy.save.");
        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < length)
            throw Cut(array);
        return Parse(Encoding.UTF8.GetString(bytes), array) with { Start = (start[6] >= 2 ? 12 : 10) + bytes.Length };
    }

    private static NpyHeader Parse(string text, ArrayOf array)
    {
        var (type, order, shape) = (TypeEntry().Match(text), OrderEntry().Match(text), ShapeEntry().Match(text));
        if (!order.Success || !shape.Success)
            throw array.Bad($"has a header that is not one of NumPy. Save it again with numpy.save.");
        if (!type.Success)
            throw array.Bad($"has several fields in each element. Save the numbers as a plain array of shape (N, D), and labels as one of their own.");
        var code = type.Groups["type"].Value;
        if (code is "O")
            throw array.Bad($"contains Python objects, which are not read because they can run programs. Save numbers with .astype('float32'), and labels with .astype(str).");
        var sizes = new List<long>();
        foreach (var size in shape.Groups["sizes"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(size.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var its))
                throw array.Bad($"has the size '{size}' in its header, which is not valid. Save it again with numpy.save.");
            sizes.Add(its);
        }

        return new(code, type.Groups["order"].Value == ">", order.Groups["order"].Value == "True", [.. sizes]);
    }

    public static Contracts.BadInputException Cut(ArrayOf array) => array.Bad($"ends early. Copy or save it again.");

    [GeneratedRegex(@"'descr'\s*:\s*'(?<order>[<>|=]?)(?<type>[^']*)'", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeEntry();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(?<order>True|False)", RegexOptions.ExplicitCapture)]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<sizes>[^()]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex ShapeEntry();
}
