using System.Runtime.InteropServices;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Data;

/// <summary>Shows items as pictures: images as they are, pen strokes as drawings, and vectors as grids of their numbers.</summary>
public static class ItemPicture
{
    /// <summary>A PNG of an item.</summary>
    /// <param name="item">Its bytes.</param>
    /// <param name="input">Its shape.</param>
    /// <param name="drawn">Size of the picture if it is not an image.</param>
    public static byte[] Png(ReadOnlySpan<byte> item, InputShape input, ImageShape drawn) =>
        input is ImageShape images ? PngWriter.Write(item, images) : PngWriter.Write(Draw(item, input, drawn), drawn);

    /// <summary>A PNG of two items, one beside the other.</summary>
    public static byte[] PngBeside(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, InputShape input, ImageShape drawn) =>
        input is ImageShape images ? PngWriter.WriteBeside(first, second, images) : PngWriter.WriteBeside(Draw(first, input, drawn), Draw(second, input, drawn), drawn);

    private static byte[] Draw(ReadOnlySpan<byte> item, InputShape input, ImageShape drawn) => input is VectorShape
        ? Grid(MemoryMarshal.Cast<byte, float>(item), drawn)
        : StrokePicture.Draw(item, drawn);

    /// <summary>
    /// The numbers row by row in a grid, black for the smallest and white for the largest. It says nothing by itself, but vectors
    /// that are alike have grids that are alike.
    /// </summary>
    internal static byte[] Grid(ReadOnlySpan<float> numbers, ImageShape shape)
    {
        var columns = (int)Math.Ceiling(Math.Sqrt(numbers.Length));
        var rows = (numbers.Length + columns - 1) / columns;
        var (smallest, largest) = (float.MaxValue, float.MinValue);
        foreach (var number in numbers)
            (smallest, largest) = (Math.Min(smallest, number), Math.Max(largest, number));
        var pixels = new byte[shape.Area];
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var place = (y * rows / shape.Height * columns) + (x * columns / shape.Width);
                pixels[(y * shape.Width) + x] = place >= numbers.Length || largest <= smallest ? (byte)128
                    : (byte)Math.Round(255 * (((double)numbers[place] - smallest) / ((double)largest - smallest)));
            }
        }

        return pixels;
    }
}
