using System.Globalization;
using System.Text;
using Siamese.Contracts;

namespace Siamese.Model.Data.Vectors;

/// <summary>Reads an array of labels or names, numbers or text, as texts.</summary>
internal static class TextArray
{
    /// <summary>Longest text of an element: names of classes and paths are shorter.</summary>
    private const int LongestText = 4096;

    /// <summary>Whether the array has one label for each of some rows.</summary>
    public static bool Fits(NpyHeader header, long rows) =>
        header.Count == rows && (header.Shape.Length == 1 || header.Shape is [_, 1]) && header.ElementBytes > 0;

    /// <param name="stream">The array after its header.</param>
    /// <param name="header">Its header, which <see cref="Fits"/>.</param>
    /// <param name="array">What messages call it.</param>
    /// <exception cref="BadInputException">It ends early, or has elements that are not labels.</exception>
    public static string[] Read(Stream stream, NpyHeader header, ArrayOf array)
    {
        if (header.ElementBytes > 4 * LongestText)
            throw array.Bad($"has texts of up to {header.ElementBytes} bytes; the maximum is {LongestText} characters. Save shorter names.");
        var (texts, element) = (new string[header.Count], new byte[header.ElementBytes]);
        for (var i = 0; i < texts.Length; i++)
        {
            NumberStream.Fill(stream, element, array);
            texts[i] = Text(header, element, array, i);
        }

        return texts;
    }

    private static string Text(NpyHeader header, byte[] element, ArrayOf array, int row)
    {
        if (header.Type[0] is 'U')
            return (header.IsBigEndian ? _bigEndian : Encoding.UTF32).GetString(element).TrimEnd('\0');
        if (header.Type[0] is 'S')
            return Encoding.UTF8.GetString(element).TrimEnd('\0');
        var type = header.Number!;
        if (header.IsBigEndian)
            type.Reverse(element);
        if (type.IsWhole)
            return type.Name == "uint64" ? ((ulong)type.Whole(element, 0)).ToString(CultureInfo.InvariantCulture) : type.Whole(element, 0).ToString(CultureInfo.InvariantCulture);
        Span<float> value = stackalloc float[1];
        type.ToFloats(element, value);
        // Tables of numbers alone store labels as 0.0, 1.0 and so on.
        return value[0] == MathF.Round(value[0]) && MathF.Abs(value[0]) < 1 << 24
            ? value[0].ToString("0", CultureInfo.InvariantCulture)
            : throw array.Bad($"has {value[0]} in row {row}, counted from 0, which is not a label. Labels are whole numbers or text.");
    }

    private static readonly UTF32Encoding _bigEndian = new(bigEndian: true, byteOrderMark: false);
}
