using System.Runtime.InteropServices;
using Siamese.Contracts;

namespace Siamese.Model.Data.Vectors;

/// <summary>Reads numbers of any type from a stream, a part at a time, so that only the floats take memory.</summary>
internal static class NumberStream
{
    private const int PartBytes = 1 << 20;

    /// <summary>Reads rows of numbers.</summary>
    /// <param name="stream">Positioned at the first number.</param>
    /// <param name="type">How they are stored.</param>
    /// <param name="isBigEndian">Whether the most significant byte comes first.</param>
    /// <param name="isColumnwise">Whether they are stored column by column.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="values">Receives N·D floats, row by row.</param>
    /// <param name="array">What messages call the numbers.</param>
    /// <exception cref="BadInputException">The stream ends early or is damaged, or a number is not finite.</exception>
    public static void Read(Stream stream, NumberType type, bool isBigEndian, bool isColumnwise, int width, byte[] values, ArrayOf array)
    {
        var floats = MemoryMarshal.Cast<byte, float>(values.AsSpan());
        var (part, rows) = (new byte[PartBytes], floats.Length / width);
        var converted = isColumnwise ? new float[PartBytes / type.Size] : [];
        for (var done = 0; done < floats.Length;)
        {
            var count = Math.Min(PartBytes / type.Size, floats.Length - done);
            var bytes = part.AsSpan(0, count * type.Size);
            Fill(stream, bytes, array);
            if (isBigEndian)
                type.Reverse(bytes);
            if (isColumnwise)
            {
                type.ToFloats(bytes, converted.AsSpan(0, count));
                for (var i = 0; i < count; i++)
                {
                    var (column, row) = Math.DivRem(done + i, rows);
                    floats[(row * width) + column] = converted[i];
                }
            }
            else
            {
                type.ToFloats(bytes, floats.Slice(done, count));
            }

            done += count;
        }

        Check(floats, width, array);
    }

    /// <summary>Reads exactly as many bytes.</summary>
    /// <exception cref="BadInputException">The stream ends early, or is damaged.</exception>
    public static void Fill(Stream stream, Span<byte> bytes, ArrayOf array)
    {
        try
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw NpyHeader.Cut(array);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{array} is damaged: {e.Message} Copy or save it again.", e);
        }
    }

    /// <summary>Checks that all numbers are finite, and writes −0 as 0, so that equal vectors have equal bytes.</summary>
    /// <exception cref="BadInputException">A number is not finite; the message names the first.</exception>
    public static void Check(Span<float> values, int width, ArrayOf array)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw array.Bad($"has {(float.IsNaN(values[i]) ? "NaN, which is not a number," : "a number that is infinite, or too large for single precision,")} in row {i / width}, column {i % width}, both counted from 0. Take the row out, or replace the number.");
            values[i] += 0f;
        }
    }
}
