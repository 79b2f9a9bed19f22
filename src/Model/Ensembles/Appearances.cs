using System.Numerics.Tensors;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Training images by their pixels, independent of the encoders: an encoder trained on digits alone may embed noise, a blank
/// sheet or a negative close to some digit. The dissimilarity of two images is 1 minus the correlation of their pixels.
/// </summary>
/// <param name="pixels">(R, 28, 28), row by row, 0 to 255.</param>
public sealed class Appearances(byte[] pixels)
{
    /// <summary>Dissimilarity of an image of a single shade, which looks like no other: above every other value.</summary>
    public const float Blank = 3;

    private readonly float[] _looks = [.. pixels.Chunk(Shape.Bytes).SelectMany(image => Standardised(image) ?? new float[Shape.Bytes])];

    /// <summary>The size at which images are compared.</summary>
    public static ImageShape Shape => ImageShape.Digits;

    /// <summary>How items are read to compare how they look: as images, or as strokes, which are then drawn.</summary>
    /// <param name="kinds">What the items are there as.</param>
    public static InputShape InputOf(InputKinds kinds) => kinds switch { InputKinds.Strokes => StrokeShape.Usual, InputKinds.Vectors => VectorShape.Any, _ => Shape };

    /// <summary>How an item looks: 28·28 bytes, or none for a vector, which looks like nothing.</summary>
    /// <param name="item">It, as <see cref="InputOf"/> says.</param>
    /// <param name="input">The shape of the item.</param>
    public static ReadOnlyMemory<byte> Look(ReadOnlyMemory<byte> item, InputShape input) => input switch
    {
        StrokeShape => StrokePicture.Draw(item.Span, Shape),
        VectorShape => default(ReadOnlyMemory<byte>),
        _ => item,
    };

    /// <summary>How the items of a set look: (N, 28, 28) bytes; none for vectors.</summary>
    public static byte[] Looks(ImageSet items)
    {
        if (items.Shape is VectorShape)
            return [];
        var looks = new byte[items.Count * Shape.Bytes];
        for (var i = 0; i < items.Count; i++)
            Look(items.Memory(i), items.Shape).CopyTo(looks.AsMemory(i * Shape.Bytes));
        return looks;
    }

    /// <summary>Dissimilarity of an image to the most similar training image, 0 to 2, or <see cref="Blank"/>.</summary>
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

    /// <summary>Centred and scaled to length 1, so that dot products are correlations; null if all pixels are equal.</summary>
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
