using System.Numerics.Tensors;
using Siamese.Model.Data;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Training images as they look, whatever encoders make of them: an encoder that was shown digits alone may put noise, a blank
/// sheet or a negative beside some digit. How unlike two images look is 1 less the correlation of their pixels.
/// </summary>
/// <param name="pixels">(R, 28, 28), row by row, 0 to 255.</param>
public sealed class Appearances(byte[] pixels)
{
    /// <summary>Of an image that is all of one shade, which looks like none: more than any other can be.</summary>
    public const float Blank = 3;

    private readonly float[] _looks = [.. pixels.Chunk(Shape.Pixels).SelectMany(image => Standardised(image) ?? new float[Shape.Pixels])];

    /// <summary>The size in which images are compared.</summary>
    public static InputShape Shape => InputShape.Digits;

    /// <summary>How unlike the most similar of these an image looks, 0 to 2, or <see cref="Blank"/>.</summary>
    /// <param name="image">28·28 bytes.</param>
    public float Nearest(ReadOnlySpan<byte> image)
    {
        if (Standardised(image) is not { } look)
            return Blank;
        var best = -1f;
        for (var start = 0; start < _looks.Length; start += look.Length)
            best = Math.Max(best, TensorPrimitives.Dot(look, _looks.AsSpan(start, look.Length)));
        return Math.Clamp(1 - best, 0, 2);
    }

    /// <summary>Around 0 and of length 1, so that products are correlations; null where all pixels are alike.</summary>
    private static float[]? Standardised(ReadOnlySpan<byte> image)
    {
        var look = new float[image.Length];
        for (var i = 0; i < look.Length; i++)
            look[i] = image[i];
        TensorPrimitives.Subtract(look, TensorPrimitives.Average(look), look);
        var length = TensorPrimitives.Norm(look);
        if (length < 1e-3f)
            return null;
        TensorPrimitives.Divide(look, length, look);
        return look;
    }
}
