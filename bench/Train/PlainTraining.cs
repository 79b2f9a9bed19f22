using Siamese.Model.Data.Images;
using Siamese.Model.Sampling;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// Training on every pair of a batch, as a newcomer to TorchSharp would write it: images in memory as floats, TorchSharp's
/// modules and its Adam, the matrix of distances by broadcasting. Frozen, because it is the baseline for ours.
/// </summary>
internal sealed class PlainTraining : IDisposable
{
    private const double Margin = 2;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Adam _adam;
    private readonly Tensor _images; // (N, 1, H, W)
    private readonly int[] _labels;
    private readonly ClassBatches _batches;
    private readonly Random _random = new(1);

    public PlainTraining(nn.Module<Tensor, Tensor> network, ImageSet images, int batchSize, int steps)
    {
        _network = network;
        _adam = optim.Adam(network.parameters(), 2e-3);
        var shape = (ImageShape)images.Shape;
        _images = tensor(Array.ConvertAll(images.Pixels, pixel => pixel / 255f), [images.Count, 1, shape.Height, shape.Width]);
        (_labels, _batches) = (images.Labels, new ClassBatches(images, batchSize, steps));
    }

    public void RunEpoch()
    {
        _network.train();
        foreach (var batch in _batches.Deal(_random))
        {
            using var scope = NewDisposeScope();
            var embeddings = _network.forward(_images[tensor(Array.ConvertAll(batch, image => (long)image))]);
            var labels = tensor(Array.ConvertAll(batch, image => (long)_labels[image]));
            var same = labels.unsqueeze(0).eq(labels.unsqueeze(1));
            var others = ones_like(same).triu(1);
            var distance = ((embeddings.unsqueeze(0) - embeddings.unsqueeze(1)).pow(2).sum(2) + 1e-8).sqrt();
            var loss = (0.5 * distance.pow(2)[same.logical_and(others)].mean())
                + (0.5 * (Margin - distance).clamp_min(0).pow(2)[same.logical_not().logical_and(others)].mean());
            _adam.zero_grad();
            loss.backward();
            _adam.step();
            _ = loss.item<float>();
        }
    }

    public void Dispose()
    {
        _adam.Dispose();
        _network.Dispose();
        _images.Dispose();
    }
}
