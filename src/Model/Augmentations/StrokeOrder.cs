using System.Runtime.InteropServices;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Strokes;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Draws the strokes of some drawings in another order, each of them perhaps backwards: people write the same glyph in different
/// orders and directions. Between strokes the pen moves on a straight line. Not for signatures, whose order tells writers apart.
/// </summary>
/// <param name="share">Probability that a drawing is changed.</param>
public sealed class StrokeOrder(double share) : InputChange
{
    private const int X = 0, Y = 1, Time = 2, Pen = 3, Pressure = 4, Features = StrokeShape.Channels;

    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.StrokeOrder > 0 ? new StrokeOrder(h.StrokeOrder.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        using var key = randint(0, int.MaxValue, [1], dtype: int64, generator: generator);
        var random = new Random((int)key.item<long>());
        var points = items.contiguous().data<float>().ToArray();
        var size = (int)items.shape[1] * Features;
        for (var start = 0; start < points.Length; start += size)
        {
            if (random.NextDouble() < share)
                Reorder(points.AsSpan(start, size), random);
        }

        return tensor(points, items.shape);
    }

    private static void Reorder(Span<float> points, Random random)
    {
        var before = points.ToArray();
        var count = before.Length / Features;
        var strokes = StrokesOf(before, count);
        if (strokes.Count == 0)
            return;
        random.Shuffle(CollectionsMarshal.AsSpan(strokes));
        int[][] order = [.. strokes.Select(stroke => random.Next(2) == 0 ? stroke : [.. stroke.Reverse()])];
        var inAir = SharesOf(order, before, count - order.Sum(stroke => stroke.Length));
        var airTime = 1 - order.Sum(stroke => before[(stroke.Max() * Features) + Time] - before[(stroke.Min() * Features) + Time]);
        var airStep = Math.Max(0, airTime) / Math.Max(1, inAir.Sum() + order.Length - 1);
        var (at, time) = (0, 0f);
        for (var number = 0; number < order.Length; number++)
        {
            var stroke = order[number];
            for (var i = 0; i < stroke.Length; i++)
            {
                time += i > 0 ? Math.Abs(before[(stroke[i] * Features) + Time] - before[(stroke[i - 1] * Features) + Time]) : number > 0 ? airStep : 0;
                before.AsSpan(stroke[i] * Features, Features).CopyTo(points[at..]);
                points[at + Time] = time;
                at += Features;
            }

            var to = order[Math.Min(number + 1, order.Length - 1)];
            for (var i = 1; i <= inAir[number]; i++)
            {
                var way = (float)i / (inAir[number] + 1);
                time += airStep;
                foreach (var axis in (ReadOnlySpan<int>)[X, Y, Pressure])
                    points[at + axis] = ((1 - way) * before[(stroke[^1] * Features) + axis]) + (way * before[((to == stroke ? stroke[^1] : to[0]) * Features) + axis]);
                (points[at + Time], points[at + Pen]) = (time, -1);
                at += Features;
            }
        }
    }

    /// <summary>The points of each stroke, a run of points on paper.</summary>
    private static List<int[]> StrokesOf(float[] points, int count)
    {
        var strokes = new List<int[]>();
        for (var i = 0; i < count; i++)
        {
            var first = i;
            while (i < count && points[(i * Features) + Pen] > 0)
                i++;
            if (i > first)
                strokes.Add([.. Enumerable.Range(first, i - first)]);
        }

        return strokes;
    }

    /// <summary>How many points above the paper follow each stroke: in proportion to the way to the next one, and those left over after the last.</summary>
    private static int[] SharesOf(int[][] order, float[] points, int inAir)
    {
        var ways = new double[order.Length - 1];
        for (var i = 0; i < ways.Length; i++)
        {
            var (from, to) = (order[i][^1] * Features, order[i + 1][0] * Features);
            ways[i] = Math.Max(1e-6, Math.Sqrt(Math.Pow(points[to + X] - points[from + X], 2) + Math.Pow(points[to + Y] - points[from + Y], 2)));
        }

        var (shares, whole, used) = (new int[order.Length], ways.Sum(), 0.0);
        for (var i = 0; i < ways.Length; i++)
        {
            var (start, end) = (used, used + (inAir * ways[i] / whole));
            (shares[i], used) = ((int)Math.Round(end) - (int)Math.Round(start), end);
        }

        shares[^1] = inAir - shares.Sum();
        return shares;
    }
}
