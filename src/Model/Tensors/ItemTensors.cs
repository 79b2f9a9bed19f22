using System.Runtime.InteropServices;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using static TorchSharp.torch;

namespace Siamese.Model.Tensors;

/// <summary>Converts items to an encoder's input, for both training and verdicts.</summary>
internal static class ItemTensors
{
    /// <param name="items">Items of the shape.</param>
    /// <param name="shape">Their shape.</param>
    /// <returns>(B, C, H, W) for images, 0 to 1; (B, T, 5) for strokes; (B, M) for vectors.</returns>
    public static Tensor Of(ReadOnlySpan<ReadOnlyMemory<byte>> items, InputShape shape)
    {
        var tensor = empty(Sizes(items.Length, shape));
        var bytes = tensor.bytes;
        if (shape is not ImageShape)
        {
            for (var i = 0; i < items.Length; i++)
                items[i].Span.CopyTo(bytes.Slice(i * shape.Bytes, shape.Bytes));
            return tensor;
        }

        var values = MemoryMarshal.Cast<byte, float>(bytes);
        for (var i = 0; i < items.Length; i++)
        {
            var pixels = items[i].Span;
            var row = values.Slice(i * shape.Bytes, shape.Bytes);
            for (var p = 0; p < row.Length; p++)
                row[p] = pixels[p] / 255f;
        }

        return tensor;
    }

    /// <summary>
    /// A whole set, to pick batches from: (N, C, H, W) bytes for images, which take a quarter of the memory of floats and become
    /// floats in almost no time; (N, T, 5) for strokes; (N, M) for vectors.
    /// </summary>
    public static Tensor Stored(ImageSet items) => items.Shape is ImageShape
        ? tensor(items.Pixels, Sizes(items.Count, items.Shape))
        : tensor(MemoryMarshal.Cast<byte, float>(items.Pixels).ToArray(), Sizes(items.Count, items.Shape));

    /// <summary>Some of a stored set as an encoder's input, like <see cref="Of"/>.</summary>
    /// <param name="stored">From <see cref="Stored"/>.</param>
    /// <param name="indices">Which items.</param>
    public static Tensor Pick(Tensor stored, int[] indices)
    {
        var picked = stored.index_select(0, tensor(indices));
        return picked.dtype is ScalarType.Byte ? picked.to(float32).DividedBy(255) : picked;
    }

    private static long[] Sizes(int count, InputShape shape) => shape switch
    {
        ImageShape images => [count, images.Channels, images.Height, images.Width],
        VectorShape vectors => [count, vectors.Width],
        StrokeShape strokes => [count, strokes.Points, StrokeShape.Channels],
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };
}
