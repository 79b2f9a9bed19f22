using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Sampling;

/// <summary>
/// Pairs without labels: an image and its nearest neighbours in the space of its pixels are *same*, all others *different*. With shifted copies of
/// every image, all copies of an image and of its neighbours are *same*, so that an encoder learns to ignore shifts. Hadsell, Chopra, LeCun,
/// "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006.
/// </summary>
public static class NeighbourPairs
{
    /// <summary>Maximum number of pairs of each kind; more are drawn at random.</summary>
    private const int MostPairs = 200_000;

    /// <summary>Images whose distances to all others are in memory at once.</summary>
    private const int ChunkSize = 500;

    /// <summary>Columns by which the copies are shifted, as in the paper; the first is the image itself.</summary>
    private static readonly int[] _shifts = [0, -6, -3, 3, 6];

    /// <param name="split">Images; their classes and pairs are not used.</param>
    /// <param name="neighbours">Number of nearest neighbours of each image.</param>
    /// <param name="withShiftedCopies">Whether to add copies that are shifted by 3 and 6 columns to either side.</param>
    /// <param name="random">The trial's generator.</param>
    /// <returns>The images, or first the images and then the copies by shift, without classes but with pairs.</returns>
    public static DataSplit Of(DataSplit split, int neighbours, bool withShiftedCopies, Random random)
    {
        var (images, shifts) = (split.Images, withShiftedCopies ? _shifts.Length : 1);
        var nearest = Nearest(images, Math.Min(neighbours, images.Count - 1));
        var near = nearest.SelectMany((its, image) => its.Select(other => (Math.Min(image, other), Math.Max(image, other)))).ToHashSet();
        var same = Same(nearest, images.Count, shifts, random);
        var different = new HashSet<(int, int)>();
        // At most half of all pairs: otherwise drawing those that are left takes ever longer.
        var most = Math.Min(same.Count, (long)images.Count * (images.Count - 1) / 4 * shifts * shifts);
        while (different.Count < most)
        {
            var (first, second) = (random.Next(images.Count), random.Next(images.Count));
            if (first != second && !near.Contains((Math.Min(first, second), Math.Max(first, second))))
                different.Add(Ordered((random.Next(shifts) * images.Count) + first, (random.Next(shifts) * images.Count) + second));
        }

        byte[] pixels = withShiftedCopies ? [.. _shifts.SelectMany(by => Shifted(images, by))] : images.Pixels;
        var labels = new int[shifts * images.Count];
        Array.Fill(labels, -1);
        return new DataSplit(
            new ImageSet(images.Shape, pixels, labels),
            [.. same.Select(pair => new ImagePair(pair.Item1, pair.Item2, Relation.Same)), .. different.Select(pair => new ImagePair(pair.Item1, pair.Item2, Relation.Different))]);
    }

    /// <summary>The nearest other images of each image, by the Euclidean distance of their values.</summary>
    internal static int[][] Nearest(ImageSet images, int count)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = ItemTensors.Stored(images).to(float32).flatten(1); // (N, V)
        var squares = values.Squared().sum(1); // (N)
        var nearest = new int[images.Count][];
        for (var start = 0; start < images.Count; start += ChunkSize)
        {
            using var inner = NewDisposeScope();
            var size = Math.Min(ChunkSize, images.Count - start);
            // Leaves out the square of the image itself, which is the same for all others.
            var distances = squares.unsqueeze(0) - values.narrow(0, start, size).mm(values.t()).Times(2d); // (B, N)
            var found = distances.topk(count + 1, dim: 1, largest: false, sorted: true).indexes.data<long>().ToArray();
            for (var i = 0; i < size; i++)
                nearest[start + i] = [.. found.AsSpan(i * (count + 1), count + 1).ToArray().Select(other => (int)other).Where(other => other != start + i).Take(count)];
        }

        return nearest;
    }

    private static HashSet<(int, int)> Same(int[][] nearest, int images, int shifts, Random random)
    {
        var pairs = new HashSet<(int, int)>();
        var all = (long)images * nearest[0].Length * shifts * shifts;
        if (all <= MostPairs)
        {
            for (var image = 0; image < images; image++)
            {
                foreach (var other in shifts == 1 ? nearest[image] : nearest[image].Append(image))
                {
                    for (var copies = 0; copies < shifts * shifts; copies++)
                        Add((copies / shifts * images) + image, (copies % shifts * images) + other);
                }
            }

            return pairs;
        }

        while (pairs.Count < MostPairs)
        {
            var image = random.Next(images);
            var pick = random.Next(nearest[image].Length + (shifts == 1 ? 0 : 1));
            Add((random.Next(shifts) * images) + image, (random.Next(shifts) * images) + (pick == nearest[image].Length ? image : nearest[image][pick]));
        }

        return pairs;

        void Add(int first, int second)
        {
            if (first != second)
                pairs.Add(Ordered(first, second));
        }
    }

    private static (int, int) Ordered(int first, int second) => (Math.Min(first, second), Math.Max(first, second));

    /// <summary>All images shifted to the right; what moves in has the colour of the background.</summary>
    private static byte[] Shifted(ImageSet images, int columns)
    {
        if (columns == 0)
            return images.Pixels;
        var shape = (ImageShape)images.Shape;
        var shifted = new byte[images.Pixels.Length];
        for (var plane = 0; plane < shifted.Length; plane += shape.Area)
        {
            var pixels = images.Pixels.AsSpan(plane, shape.Area);
            shifted.AsSpan(plane, shape.Area).Fill(Background.Of(pixels, shape.Width, shape.Height));
            for (var row = 0; row < shape.Height; row++)
            {
                var (from, to) = (Math.Max(0, -columns), Math.Max(0, columns));
                pixels.Slice((row * shape.Width) + from, shape.Width - Math.Abs(columns)).CopyTo(shifted.AsSpan(plane + (row * shape.Width) + to));
            }
        }

        return shifted;
    }
}
