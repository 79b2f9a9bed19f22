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

    public torch.Tensor Embeddings() => torch.tensor([.. Rows.SelectMany(row => row)], [Rows.Length, Rows[0].Length], requires_grad: true);

    public torch.Tensor LabelTensor() => torch.tensor(Labels);

    public torch.Tensor Stacked(IEnumerable<int> images) => torch.tensor([.. images.SelectMany(image => Rows[image])], [images.Count(), Rows[0].Length]);
}
