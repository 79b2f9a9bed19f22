using Siamese.Contracts.Ensembles;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data;
using Siamese.Model.Networks;
using static TorchSharp.torch;

namespace Siamese.Bench.Verdict;

/// <summary>
/// An ensemble's members in one process, as one would use them with the library alone: both images of every pair in one
/// batch, a forward for each member, as many threads as the library takes; no files to decode. Frozen: it is what ours
/// is measured against.
/// </summary>
internal sealed class PlainLoop(Ensemble ensemble, IEnumerable<byte[]> weights) : IDisposable
{
    private readonly Encoder[] _encoders = [.. ensemble.Members.Zip(weights, Load)];

    /// <param name="images">The first half of them to be compared with the second, one by one.</param>
    /// <returns>The ensemble's distances, one a pair.</returns>
    public float[] Distances(ImageSet images)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var pixels = tensor(images.Pixels, [images.Count, 1, images.Shape.Height, images.Shape.Width]).to(float32) / 255;
        var combined = zeros(images.Count / 2);
        for (var m = 0; m < _encoders.Length; m++)
        {
            var sides = _encoders[m].forward(pixels).chunk(2);
            combined += (sides[0] - sides[1]).norm(1) * (ensemble.Members[m].Weight / ensemble.Members[m].Threshold);
        }

        return combined.data<float>().ToArray();
    }

    public void Dispose() => Array.ForEach(_encoders, encoder => encoder.Dispose());

    private static Encoder Load(Member member, byte[] weights)
    {
        var encoder = Encoders.Get(member.Spec.Hyperparameters.Encoder).Create(member.Spec.Hyperparameters.EmbeddingSize);
        ModuleWeights.Load(encoder, weights);
        encoder.eval();
        return encoder;
    }
}
