using System.Numerics;

namespace Siamese.Model.Data.Images;

/// <summary>
/// Stretches values to another size with a triangle filter scaled to the reduction: every source pixel counts
/// when an image is made smaller, and enlarging is bilinear. It does not use a library, because a library's fast paths
/// differ between processors, and a trial must be repeatable bit for bit.
/// </summary>
internal static class Resampling
{
    /// <summary>One channel of an image in another size; the original bytes if it already has that size.</summary>
    /// <param name="plane">fromHeight·fromWidth values, row by row.</param>
    /// <param name="fromWidth">Its columns.</param>
    /// <param name="fromHeight">Its rows.</param>
    /// <param name="width">Columns wanted.</param>
    /// <param name="height">Rows wanted.</param>
    /// <returns>height·width values, row by row.</returns>
    public static byte[] Stretch(byte[] plane, int fromWidth, int fromHeight, int width, int height)
    {
        if (fromWidth == width && fromHeight == height)
            return plane;
        var columns = Taps.Of(fromWidth, width);
        var rows = Taps.Of(fromHeight, height);
        var stretched = new byte[width * height];
        var (line, sum) = (new double[fromWidth], new double[width]);
        // Neighbouring target rows share source rows: each is narrowed once, and kept while a target row may need it.
        var kept = new double[rows.Count][];
        var narrowed = 0;
        for (var y = 0; y < height; y++)
        {
            var start = rows.Starts[y];
            for (; narrowed < start + rows.Count; narrowed++)
                Narrow(plane.AsSpan(narrowed * fromWidth, fromWidth), line, columns, kept[narrowed % kept.Length] ??= new double[width]);
            Array.Clear(sum);
            for (var k = 0; k < rows.Count; k++)
                AddRow(kept[(start + k) % kept.Length], rows.Weights[(y * rows.Count) + k], sum);
            for (var x = 0; x < width; x++)
                stretched[y * width + x] = (byte)Math.Clamp(Math.Floor(sum[x] + 0.5), 0, 255);
        }

        return stretched;
    }

    /// <summary>Four sums at a time, because each addition waits for the one before it in its sum.</summary>
    private static void Narrow(ReadOnlySpan<byte> row, double[] line, Taps columns, double[] narrow)
    {
        for (var i = 0; i < row.Length; i++)
            line[i] = row[i];
        var (x, count) = (0, columns.Count);
        for (; x + 4 <= narrow.Length; x += 4)
        {
            ReadOnlySpan<double> first = Pixels(x), second = Pixels(x + 1), third = Pixels(x + 2), fourth = Pixels(x + 3);
            ReadOnlySpan<double> w1 = Weights(x), w2 = Weights(x + 1), w3 = Weights(x + 2), w4 = Weights(x + 3);
            var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0);
            for (var k = 0; k < count; k++)
            {
                a += w1[k] * first[k];
                b += w2[k] * second[k];
                c += w3[k] * third[k];
                d += w4[k] * fourth[k];
            }

            (narrow[x], narrow[x + 1], narrow[x + 2], narrow[x + 3]) = (a, b, c, d);
        }

        for (; x < narrow.Length; x++)
        {
            ReadOnlySpan<double> pixels = Pixels(x), weights = Weights(x);
            var value = 0.0;
            for (var k = 0; k < count; k++)
                value += weights[k] * pixels[k];
            narrow[x] = value;
        }

        ReadOnlySpan<double> Pixels(int column) => line.AsSpan(columns.Starts[column], count);

        ReadOnlySpan<double> Weights(int column) => columns.Weights.AsSpan(column * count, count);
    }

    /// <summary>Multiplies and adds separately, as without vectors: each sum has the same bits.</summary>
    private static void AddRow(double[] row, double weight, double[] sum)
    {
        var x = 0;
        for (var weights = new Vector<double>(weight); x + Vector<double>.Count <= sum.Length; x += Vector<double>.Count)
            (new Vector<double>(sum, x) + (weights * new Vector<double>(row, x))).CopyTo(sum, x);
        for (; x < sum.Length; x++)
            sum[x] += weight * row[x];
    }

    /// <summary>For each target position, the source positions that count there, and their weights, which sum to 1.</summary>
    /// <param name="Starts">The first source position of each target position.</param>
    /// <param name="Count">Number of source positions of each; where fewer count, others have the weight 0.</param>
    /// <param name="Weights">The weights, target position by target position.</param>
    private sealed record Taps(int[] Starts, int Count, double[] Weights)
    {
        private const int MostKept = 64;

        /// <summary>Those of this thread, because the images of a data set often have the same size.</summary>
        [ThreadStatic]
        private static Dictionary<(int Source, int Target), Taps>? _kept;

        public static Taps Of(int source, int target)
        {
            var kept = _kept ??= [];
            if (kept.TryGetValue((source, target), out var taps))
                return taps;
            if (kept.Count == MostKept)
                kept.Clear();
            return kept[(source, target)] = Compute(source, target);
        }

        private static Taps Compute(int source, int target)
        {
            var scale = (double)source / target;
            var reach = Math.Max(scale, 1);
            var taps = new (int Start, double[] Weights)[target];
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

            var count = taps.Max(tap => tap.Weights.Length);
            var (starts, all) = (new int[target], new double[target * count]);
            for (var i = 0; i < target; i++)
            {
                starts[i] = Math.Min(taps[i].Start, source - count);
                taps[i].Weights.CopyTo(all, (i * count) + taps[i].Start - starts[i]);
            }

            return new Taps(starts, count, all);
        }
    }
}
