namespace Siamese.Model.Data.Images;

/// <summary>
/// Stretches a grey image to an encoder's input with a triangle filter scaled to the reduction: every source pixel counts
/// when an image is made smaller, and enlarging is bilinear. It does not use a library, because a library's fast paths
/// differ between processors, and a trial must be repeatable bit for bit.
/// </summary>
internal static class Resampling
{
    /// <summary>The image in the target shape, H·W bytes; the original bytes if it already has that shape.</summary>
    public static byte[] Stretch(GreyImage image, InputShape shape)
    {
        if (image.Width == shape.Width && image.Height == shape.Height)
            return image.Pixels;
        var columns = Taps(image.Width, shape.Width);
        var rows = Taps(image.Height, shape.Height);
        var stretched = new byte[shape.Pixels];
        var sum = new double[shape.Width];
        for (var y = 0; y < shape.Height; y++)
        {
            Array.Clear(sum);
            for (var k = 0; k < rows[y].Weights.Length; k++)
                AddRow(image.Pixels.AsSpan((rows[y].Start + k) * image.Width, image.Width), rows[y].Weights[k], columns, sum);
            for (var x = 0; x < shape.Width; x++)
                stretched[y * shape.Width + x] = (byte)Math.Clamp(Math.Floor(sum[x] + 0.5), 0, 255);
        }

        return stretched;
    }

    private static void AddRow(ReadOnlySpan<byte> row, double weight, (int Start, double[] Weights)[] columns, double[] sum)
    {
        for (var x = 0; x < sum.Length; x++)
        {
            var (start, weights) = columns[x];
            var value = 0.0;
            for (var k = 0; k < weights.Length; k++)
                value += weights[k] * row[start + k];
            sum[x] += weight * value;
        }
    }

    /// <summary>For each target position, its source positions and their weights, which sum to 1.</summary>
    private static (int Start, double[] Weights)[] Taps(int source, int target)
    {
        var scale = (double)source / target;
        var reach = Math.Max(scale, 1);
        var taps = new (int, double[])[target];
        for (var i = 0; i < target; i++)
        {
            var centre = (i + 0.5) * scale;
            var start = Math.Max(0, (int)Math.Floor(centre - reach));
            var end = Math.Min(source, (int)Math.Ceiling(centre + reach));
            var weights = new double[end - start];
            for (var k = 0; k < weights.Length; k++)
                weights[k] = Math.Max(0, 1 - Math.Abs(start + k + 0.5 - centre) / reach);
            var total = weights.Sum();
            for (var k = 0; k < weights.Length; k++)
                weights[k] /= total;
            taps[i] = (start, weights);
        }

        return taps;
    }
}
