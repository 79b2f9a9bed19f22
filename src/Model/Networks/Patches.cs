using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// What each output of the article's convolution (5×5, stride 3, padding 2, of 28×28) looks at, as the rows of a matrix,
/// with a column of ones that takes the bias.
/// </summary>
internal static class Patches
{
    /// <summary>Side of a patch.</summary>
    public const int Kernel = 5;

    /// <summary>Where the column of ones is; before it, the 25 pixels.</summary>
    public const int BiasColumn = Kernel * Kernel;

    /// <summary>Columns of the matrix: what <see cref="WideProduct"/> takes, the last six without use.</summary>
    public const int Columns = WideProduct.TileColumns;

    /// <summary>Patches of an image, in a row.</summary>
    public const int Side = 10;

    private const int Stride = 3;
    private const int Padding = 2;
    private const int Image = 28;
    private const int Padded = Image + (2 * Padding);

    /// <param name="images">(B, 1, 28, 28)</param>
    /// <returns>(B·100, 32)</returns>
    public static Tensor Cut(Tensor images)
    {
        using var inOrder = images.contiguous();
        var pixels = MemoryMarshal.Cast<byte, float>(inOrder.bytes);
        var patches = zeros(images.shape[0] * Side * Side, Columns);
        var rows = MemoryMarshal.Cast<byte, float>(patches.bytes);
        Span<float> padded = stackalloc float[Padded * Padded];
        padded.Clear();
        for (var image = 0; image < images.shape[0]; image++)
        {
            for (var y = 0; y < Image; y++)
                pixels.Slice((image * Image * Image) + (y * Image), Image).CopyTo(padded[(((y + Padding) * Padded) + Padding)..]);
            CutOne(padded, rows.Slice(image * Side * Side * Columns, Side * Side * Columns));
        }

        return patches;
    }

    private static void CutOne(ReadOnlySpan<float> padded, Span<float> rows)
    {
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var patch = rows.Slice(((y * Side) + x) * Columns, Columns);
                for (var line = 0; line < Kernel; line++)
                    padded.Slice((((y * Stride) + line) * Padded) + (x * Stride), Kernel).CopyTo(patch[(line * Kernel)..]);
                patch[BiasColumn] = 1;
            }
        }
    }
}
