using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Siamese.Contracts;

namespace Siamese.Model.Data.Vectors;

/// <summary>
/// Reads a file with one vector: an array of NumPy of shape (D) or (1, D), a JSON array of numbers, or numbers as text, separated by
/// commas, semicolons or white space.
/// </summary>
internal static class VectorItem
{
    /// <summary>The formats in a sentence.</summary>
    public const string Formats = "an array of NumPy (.npy), a JSON array of numbers, or numbers separated by commas";

    /// <summary>Bytes that decide whether text is a vector.</summary>
    private const int StartBytes = 64;

    private static readonly char[] _separators = [',', ';', ' ', '\t', '\n', '\r'];

    /// <summary>Whether the start of the file can only be a vector: an array of NumPy, or a JSON array of numbers.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> file)
    {
        if (NpyHeader.Recognizes(file))
            return true;
        var start = file[..Math.Min(file.Length, StartBytes)].TrimStart(" \t\r\n"u8);
        return start is [(byte)'[', ..] && start[1..].TrimStart(" \t\r\n"u8) is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..];
    }

    /// <summary>The vector.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="width">D; 0 for any.</param>
    /// <returns>D single-precision floats.</returns>
    /// <exception cref="BadInputException">It is not a vector of that width, or a number is not finite.</exception>
    public static byte[] Read(ReadOnlySpan<byte> file, string name, int width)
    {
        var values = NpyHeader.Recognizes(file) ? OfArray(file.ToArray(), name) : OfText(file, name);
        if (width > 0 && values.Length != width)
            throw new BadInputException(FormattableString.Invariant($"{name} has {values.Length} numbers, and vectors of {width} are needed. Give features of the network that the training data came from."));
        NumberStream.Check(values, Math.Max(1, values.Length), new(name));
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static float[] OfArray(byte[] file, string name)
    {
        using var stream = new MemoryStream(file, writable: false);
        var array = new ArrayOf(name);
        var header = NpyHeader.Read(stream, array);
        if (header.Number is not { } type)
            throw array.NotNumbers(header);
        var count = header.Shape is [var only] ? only : header.Shape is [1, var row] ? row
            : throw array.Bad($"has the shape ({string.Join(", ", header.Shape)}). Give one vector, of shape (D) or (1, D).");
        VectorArrays.CheckSizes(array, 1, count);
        NpyFile.CheckLength(array, header, file.Length - stream.Position);
        var values = new byte[count * sizeof(float)];
        NumberStream.Read(stream, type, header.IsBigEndian, isColumnwise: false, (int)count, values, array);
        return MemoryMarshal.Cast<byte, float>(values).ToArray();
    }

    private static float[] OfText(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length > VectorShape.MostNumbers * 32)
            throw new BadInputException(FormattableString.Invariant($"{name} is larger than a vector of {VectorShape.MostNumbers} numbers can be. Give one vector in each file."));
        var text = file.Contains((byte)0) ? "" : Encoding.UTF8.GetString(file).TrimStart('\ufeff').Trim();
        if (text is ['[' or '{', ..])
            return OfJson(text, name);
        var fields = text.Split(_separators, StringSplitOptions.RemoveEmptyEntries);
        var values = new float[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!float.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw NotOne(name);
        }

        return values.Length > 0 ? values : throw NotOne(name);
    }

    /// <summary>An array of numbers, or an object whose only array it is.</summary>
    private static float[] OfJson(string text, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement.ValueKind is JsonValueKind.Object
                ? json.RootElement.EnumerateObject().Select(property => property.Value).Single(value => value.ValueKind is JsonValueKind.Array)
                : json.RootElement;
            float[] values = [.. root.EnumerateArray().Select(number => number.GetSingle())];
            return values.Length > 0 ? values : throw NotOne(name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw NotOne(name, e);
        }
    }

    private static BadInputException NotOne(string name, Exception? cause = null) => new($"{name} is not a vector. Give {Formats}.", cause!);
}
