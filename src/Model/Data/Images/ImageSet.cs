namespace Siamese.Model.Data.Images;

/// <summary>Grey images of one shape in memory, with their classes.</summary>
public sealed class ImageSet
{
    /// <param name="shape">Shape of every image.</param>
    /// <param name="pixels">N·H·W bytes, row by row, 0 to 255.</param>
    /// <param name="labels">Class of each image, an index into the data set's classes; -1 if unknown (a CSV of pairs).</param>
    public ImageSet(InputShape shape, byte[] pixels, int[] labels)
    {
        if (pixels.Length != labels.Length * shape.Pixels)
            throw new ArgumentException($"{labels.Length} labels do not match {pixels.Length} pixels of {shape}.", nameof(pixels));
        (Shape, Pixels, Labels) = (shape, pixels, labels);
    }

    public InputShape Shape { get; }

    /// <summary>N·H·W bytes; do not modify.</summary>
    public byte[] Pixels { get; }

    /// <summary>Class of each image; do not modify.</summary>
    public int[] Labels { get; }

    public int Count => Labels.Length;

    /// <summary>The pixels of one image, H·W bytes.</summary>
    public ReadOnlySpan<byte> this[int index] => Pixels.AsSpan(index * Shape.Pixels, Shape.Pixels);

    /// <summary>A new set of the given images, in that order.</summary>
    public ImageSet Select(IReadOnlyList<int> indices)
    {
        var pixels = new byte[indices.Count * Shape.Pixels];
        var labels = new int[indices.Count];
        for (var i = 0; i < indices.Count; i++)
        {
            this[indices[i]].CopyTo(pixels.AsSpan(i * Shape.Pixels));
            labels[i] = Labels[indices[i]];
        }

        return new ImageSet(Shape, pixels, labels);
    }
}
