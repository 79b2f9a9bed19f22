using Siamese.Contracts.Training;
using Siamese.Model.Data;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation;
using Siamese.Model.Networks;
using Siamese.Model.Training;
using static TorchSharp.torch;

namespace Siamese.Grains.Ensembles;

/// <summary>A trial's weights in memory, ready to measure distances.</summary>
internal sealed record LoadedMember(string WeightsBlob, TrialSpec Spec, Encoder Encoder)
{
    private Distance Distance => Distance.Get(Spec.Hyperparameters.Distance);

    /// <summary>Its distances of pairs of a set's images, in the order of the pairs.</summary>
    public float[] Measure(ImageSet images, ReadOnlySpan<ImagePair> pairs)
    {
        // Acts on the calling thread, which may be any.
        set_num_threads(1);
        return PairDistances.Measure(Embedding.Of(Encoder, images), Encoder.EmbeddingSize, pairs, Distance);
    }
}
