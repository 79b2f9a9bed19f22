using System.Runtime.InteropServices;
using Siamese.Model.Data.Images;
using static TorchSharp.torch;

namespace Siamese.Model.Tensors;

/// <summary>Converts images to an encoder's input, for both training and verdicts.</summary>
internal static class PixelTensors
{
    /// <param name="images">C·H·W bytes each.</param>
    /// <param name="shape">C, H and W.</param>
    /// <returns>(B, C, H, W), 0 to 1.</returns>
    public static Tensor Of(ReadOnlySpan<ReadOnlyMemory<byte>> images, InputShape shape)
    {
        var tensor = empty(images.Length, shape.Channels, shape.Height, shape.Width);
        var values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        for (var i = 0; i < images.Length; i++)
        {
            var pixels = images[i].Span;
            var row = values.Slice(i * shape.Bytes, shape.Bytes);
            for (var p = 0; p < row.Length; p++)
                row[p] = pixels[p] / 255f;
        }

        return tensor;
    }
}
