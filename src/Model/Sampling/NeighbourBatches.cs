using Siamese.Model.Data.Images;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Sampling;

/// <summary>
/// Batches without labels: an image and its nearest neighbours in the space of its pixels are *same*, all others *different*. With shifted copies
/// of every image, all copies of an image and of its neighbours are *same*, so that an encoder learns to ignore shifts. Hadsell, Chopra, LeCun,
/// "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006. A batch has whole neighbourhoods, and every pair of it counts.
/// </summary>
public sealed class NeighbourBatches
{
    /// <summary>Images whose distances to all others are in memory at once.</summary>
    private const int ChunkSize = 500;

    /// <summary>Copies of each image in a batch, if there are shifted ones.</summary>
    private const int CopiesInBatch = 2;

    /// <summary>Columns by which the copies are shifted, as in the paper; the first is the image itself.</summary>
    private static readonly int[] _shifts = [0, -6, -3, 3, 6];

    private readonly int[][] _nearest;
    private readonly HashSet<int>[] _near;
    private readonly int _batchSize;
    private readonly int _copies;

    /// <param name="images">Training images; their classes are not used.</param>
    /// <param name="neighbours">Number of nearest neighbours of each image.</param>
    /// <param name="withShiftedCopies">Whether to add copies that are shifted by 3 and 6 columns to either side.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="steps">Batches in an epoch; 0 for the default.</param>
    public NeighbourBatches(ImageSet images, int neighbours, bool withShiftedCopies, int batchSize, int steps = 0)
    {
        _nearest = Nearest(images, Math.Min(neighbours, images.Count - 1));
        _near = Array.ConvertAll(_nearest, its => its.ToHashSet());
        for (var image = 0; image < _nearest.Length; image++)
        {
            foreach (var other in _nearest[image])
                _near[other].Add(image);
        }

        _copies = withShiftedCopies ? _shifts.Length : 1;
        var labels = new int[_copies * images.Count];
        Array.Fill(labels, -1);
        Images = new ImageSet(images.Shape, withShiftedCopies ? [.. _shifts.SelectMany(by => Shifted(images, by))] : images.Pixels, labels);
        _batchSize = Math.Min(batchSize, Images.Count);
        Count = ClassBatches.BatchesPerEpoch(Images.Count, batchSize, steps);
    }

    /// <summary>Number of copies of an image with shifted ones, itself included.</summary>
    public static int Copies => _shifts.Length;

    /// <summary>The images, then the copies by shift, without classes.</summary>
    public ImageSet Images { get; }

    /// <summary>Batches in an epoch.</summary>
    public int Count { get; }

    /// <summary>Deals the batches of an epoch: indices of images, unique within a batch.</summary>
    public IEnumerable<int[]> Deal(Random random)
    {
        var order = new ImageDeck([.. Enumerable.Range(0, _nearest.Length)], random);
        for (var number = 0; number < Count; number++)
        {
            var (batch, seen) = (new List<int>(), new HashSet<int>());
            while (batch.Count < _batchSize)
            {
                var anchor = order.Deal(1)[0];
                foreach (var image in _nearest[anchor].Prepend(anchor))
                {
                    for (var copy = 0; copy < Math.Min(CopiesInBatch, _copies); copy++)
                    {
                        var picked = (random.Next(_copies) * _nearest.Length) + image;
                        if (seen.Add(picked))
                            batch.Add(picked);
                    }
                }
            }

            yield return [.. batch.Take(_batchSize)];
        }
    }

    /// <summary>Whether two images, or copies of images, are neighbours or copies of one.</summary>
    public bool AreSame(int first, int second)
    {
        var (one, other) = (first % _nearest.Length, second % _nearest.Length);
        return one == other || _near[one].Contains(other);
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
