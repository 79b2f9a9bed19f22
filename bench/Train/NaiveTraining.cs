using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// The article's training as a newcomer to TorchSharp would write it: images in memory, one forward pass per side of the
/// pairs, TorchSharp's modules and its Adam. Frozen, because it is the baseline for ours.
/// </summary>
internal sealed class NaiveTraining : IDisposable
{
    private const double Margin = 2;

    private readonly NaiveSiamese _network = new();
    private readonly Adam _adam;
    private readonly Tensor _images; // (N, 1, 28, 28)
    private readonly ImagePair[] _pairs;
    private readonly int _batchSize;
    private readonly Random _random = new(1);

    public NaiveTraining(ImageSet images, ImagePair[] pairs, int batchSize)
    {
        _adam = optim.Adam(_network.parameters(), 5e-4);
        _images = ToTensor(images);
        (_pairs, _batchSize) = ((ImagePair[])pairs.Clone(), batchSize);
    }

    public void RunEpoch()
    {
        _network.train();
        _random.Shuffle(_pairs);
        foreach (var batch in _pairs.Chunk(_batchSize))
        {
            using var scope = NewDisposeScope();
            var first = _images[tensor(batch.Select(pair => (long)pair.First).ToArray())];
            var second = _images[tensor(batch.Select(pair => (long)pair.Second).ToArray())];
            var different = tensor(batch.Select(pair => pair.Relation == Relation.Different ? 1f : 0f).ToArray());
            var distance = nn.functional.pairwise_distance(_network.forward(first), _network.forward(second));
            var loss = (((1 - different) * distance.pow(2)) + (different * (Margin - distance).clamp_min(0).pow(2))).mean();
            _adam.zero_grad();
            loss.backward();
            _adam.step();
            _ = loss.item<float>();
        }
    }

    /// <summary>Embeddings of width 2, row by row.</summary>
    public float[] Embed(ImageSet images)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        _network.eval();
        return _network.forward(ToTensor(images)).data<float>().ToArray();
    }

    public void Dispose()
    {
        _adam.Dispose();
        _network.Dispose();
        _images.Dispose();
    }

    private static Tensor ToTensor(ImageSet images) =>
        tensor(Array.ConvertAll(images.Pixels, pixel => pixel / 255f), [images.Count, 1, 28, 28]);
}
