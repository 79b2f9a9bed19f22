using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Images;

/// <summary>Images of one shape in memory, with their classes.</summary>
public sealed class ImageSet
{
    /// <param name="shape">Shape of every image.</param>
    /// <param name="pixels">N·C·H·W bytes, row by row, 0 to 255.</param>
    /// <param name="labels">Class of each image, an index into the data set's classes; -1 if unknown (a CSV of pairs).</param>
    public ImageSet(InputShape shape, byte[] pixels, int[] labels)
    {
        if (pixels.Length != labels.Length * shape.Bytes)
            throw new ArgumentException($"{labels.Length} labels do not match {pixels.Length} pixels of {shape}.", nameof(pixels));
        (Shape, Pixels, Labels) = (shape, pixels, labels);
    }

    public InputShape Shape { get; }

    /// <summary>N·C·H·W bytes; do not modify.</summary>
    public byte[] Pixels { get; }

    /// <summary>Class of each image; do not modify.</summary>
    public int[] Labels { get; }

    public int Count => Labels.Length;

    /// <summary>The pixels of one image, C·H·W bytes.</summary>
    public ReadOnlySpan<byte> this[int index] => Memory(index).Span;

    /// <summary>The same, to be kept or passed to another thread.</summary>
    public ReadOnlyMemory<byte> Memory(int index) => Pixels.AsMemory(index * Shape.Bytes, Shape.Bytes);

    /// <summary>A new set of the given images, in that order.</summary>
    public ImageSet Select(IReadOnlyList<int> indices) => new(Shape, Pick(Pixels, Shape, indices), [.. indices.Select(index => Labels[index])]);

    /// <summary>The pixels of the given images, in that order.</summary>
    /// <param name="pixels">N·C·H·W bytes.</param>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="indices">Indices of the images.</param>
    internal static byte[] Pick(byte[] pixels, InputShape shape, IReadOnlyList<int> indices)
    {
        var picked = new byte[indices.Count * shape.Bytes];
        for (var i = 0; i < indices.Count; i++)
            pixels.AsSpan(indices[i] * shape.Bytes, shape.Bytes).CopyTo(picked.AsSpan(i * shape.Bytes));
        return picked;
    }
}
