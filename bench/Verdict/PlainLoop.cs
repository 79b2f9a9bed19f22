using Siamese.Contracts.Ensembles;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Siamese.Bench.Verdict;

/// <summary>
/// An ensemble's members in one process, as you would use them with TorchSharp alone: both images of every pair in one batch,
/// one forward pass per member, as many threads as libtorch takes, no files to decode. Frozen, because it is the baseline
/// for ours.
/// </summary>
internal sealed class PlainLoop(Ensemble ensemble, IEnumerable<byte[]> weights) : IDisposable
{
    private readonly Sequential[] _encoders = [.. ensemble.Members.Zip(weights, Load)];

    /// <param name="images">The first half is compared with the second half, one by one.</param>
    /// <returns>The ensemble's distances, one per pair.</returns>
    public float[] Distances(ImageSet images)
    {
        set_num_threads(Environment.ProcessorCount); // For the calling thread: another part may have left the default at one.
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var shape = (ImageShape)images.Shape;
        var pixels = tensor(images.Pixels, [images.Count, 1, shape.Height, shape.Width]).to(float32) / 255;
        var combined = zeros(images.Count / 2);
        for (var m = 0; m < _encoders.Length; m++)
        {
            var sides = _encoders[m].forward(pixels).chunk(2);
            combined += (sides[0] - sides[1]).norm(1) * (ensemble.Members[m].Weight / ensemble.Members[m].Threshold);
        }

        return combined.data<float>().ToArray();
    }

    public void Dispose() => Array.ForEach(_encoders, encoder => encoder.Dispose());

    /// <summary>The default encoder built from TorchSharp's own modules, under the names that its weights are stored by.</summary>
    private static Sequential Load(Member member, byte[] weights)
    {
        var encoder = nn.Sequential(
            ("conv1", nn.Conv2d(1, 32, 5, stride: 2, padding: 2)),
            ("bn1", nn.BatchNorm2d(32)),
            ("relu1", nn.ReLU(inplace: true)),
            ("conv2", nn.Conv2d(32, 64, 3, stride: 2, padding: 1)),
            ("bn2", nn.BatchNorm2d(64)),
            ("relu2", nn.ReLU(inplace: true)),
            ("conv3", nn.Conv2d(64, 64, 3, padding: 1)),
            ("bn3", nn.BatchNorm2d(64)),
            ("relu3", nn.ReLU(inplace: true)),
            ("flatten", nn.Flatten()),
            ("dropout", nn.Dropout(0.3)),
            ("fc", nn.Linear(64 * 7 * 7, member.Spec.Hyperparameters.EmbeddingSize)));
        ModuleWeights.Load(encoder, weights);
        encoder.eval();
        return encoder;
    }
}
