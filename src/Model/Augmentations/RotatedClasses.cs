using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Adds the images of each class rotated by 90°, 180° and 270° as separate classes, which gives four times as many classes
/// (Santoro et al., "Meta-Learning with Memory-Augmented Neural Networks", ICML 2016, did so with Omniglot). Use it only if
/// your images never occur rotated. A class that looks the same rotated (an O) is then trained to differ from itself.
/// </summary>
public static class RotatedClasses
{
    /// <summary>Number of classes that one becomes.</summary>
    public const int Turns = 4;

    /// <param name="split">Square images of known classes.</param>
    /// <returns>Class c rotated k times is class 4c + k.</returns>
    public static DataSplit Of(DataSplit split)
    {
        var images = split.Images;
        var shape = (ImageShape)images.Shape;
        var (size, area) = (shape.Bytes, shape.Area);
        var pixels = new byte[Turns * images.Pixels.Length];
        var labels = new int[Turns * images.Count];
        for (var i = 0; i < images.Count; i++)
        {
            images[i].CopyTo(pixels.AsSpan(Turns * i * size));
            for (var turn = 0; turn < Turns; turn++)
            {
                labels[(Turns * i) + turn] = (Turns * images.Labels[i]) + turn;
                var (from, to) = (((Turns * i) + turn - 1) * size, ((Turns * i) + turn) * size);
                for (var plane = 0; turn > 0 && plane < size; plane += area)
                    Turn(pixels.AsSpan(from + plane, area), pixels.AsSpan(to + plane, area), shape.Width);
            }
        }

        return new DataSplit(new ImageSet(shape, pixels, labels));
    }

    /// <summary>Rotates by 90° counterclockwise.</summary>
    private static void Turn(ReadOnlySpan<byte> from, Span<byte> to, int side)
    {
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                to[((side - 1 - column) * side) + row] = from[(row * side) + column];
    }
}
