using Siamese.Model.Distances;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

/// <summary>A small batch of embeddings, as tensors and as rows for a naive loop. (B, D) and (B)</summary>
internal sealed record Batch(float[][] Rows, long[] Labels)
{
    public static Batch Drawn(int seed, int images = 12, int width = 5, int classes = 3)
    {
        var random = new Random(seed);
        return new Batch(
            [.. Enumerable.Range(0, images).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextSingle() * 2 - 1).ToArray())],
            [.. Enumerable.Range(0, images).Select(_ => (long)random.Next(classes))]);
    }

    /// <summary>Batches of one class, of four classes, of one image, and of identical images.</summary>
    public static IEnumerable<Batch> Odd
    {
        get
        {
            var drawn = Drawn(seed: 4, images: 4);
            float[][] twins = [drawn.Rows[0], drawn.Rows[0], drawn.Rows[0], drawn.Rows[0]];
            return
            [
                drawn with { Labels = [5, 5, 5, 5] },
                drawn with { Labels = [1, 2, 3, 4] },
                new([drawn.Rows[0]], [1]),
                new(twins, [1, 1, 2, 2]),
            ];
        }
    }

    public torch.Tensor Embeddings() => torch.tensor([.. Rows.SelectMany(row => row)], [Rows.Length, Rows[0].Length], requires_grad: true);

    public torch.Tensor LabelTensor() => torch.tensor(Labels);

    /// <summary>Distances of every unordered pair of images, by kind.</summary>
    public (double[] Same, double[] Different) Pairs(Distance distance)
    {
        var pairs = (from i in Enumerable.Range(0, Rows.Length)
                     from j in Enumerable.Range(0, i)
                     select (IsSame: Labels[i] == Labels[j], D: (double)distance.Between(Rows[i], Rows[j]))).ToArray();
        return ([.. pairs.Where(pair => pair.IsSame).Select(pair => pair.D)], [.. pairs.Where(pair => !pair.IsSame).Select(pair => pair.D)]);
    }

    /// <summary>Cosine similarities of all images, computed one by one. (B, B)</summary>
    public double[,] Similarities()
    {
        var similarities = new double[Rows.Length, Rows.Length];
        for (var i = 0; i < Rows.Length; i++)
            for (var j = 0; j < Rows.Length; j++)
                similarities[i, j] = Dot(Rows[i], Rows[j]) / Math.Sqrt(Dot(Rows[i], Rows[i]) * Dot(Rows[j], Rows[j]));
        return similarities;

        static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
    }

    public torch.Tensor Stacked(IEnumerable<int> images) => torch.tensor([.. images.SelectMany(image => Rows[image])], [images.Count(), Rows[0].Length]);
}
