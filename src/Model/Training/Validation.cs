using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Model.Training;

/// <summary>How well an encoder performs on pairs of images.</summary>
/// <param name="Embeddings">N·D numbers, row by row.</param>
/// <param name="Metrics">Metrics on the pairs.</param>
/// <param name="Spread">Mean distance of *different* pairs.</param>
internal sealed record Validation(float[] Embeddings, PairMetrics Metrics, double Spread)
{
    /// <summary>Measures an encoder. Null if embeddings or distances are not finite: then there is no ROC curve.</summary>
    public static Validation? Of(Encoder encoder, ImageSet images, ImagePair[] pairs, Distance distance, CancellationToken cancellation)
    {
        var embeddings = Embedding.Of(encoder, images, cancellation);
        if (!Array.TrueForAll(embeddings, float.IsFinite))
            return null;
        var distances = PairDistances.Measure(embeddings, encoder.EmbeddingSize, pairs, distance);
        if (!Array.TrueForAll(distances, float.IsFinite))
            return null;
        var spread = pairs.Zip(distances).Where(pair => pair.First.Relation == Relation.Different).Average(pair => (double)pair.Second);
        return new Validation(embeddings, RocCurve.Of(distances, pairs).ToMetrics(), spread);
    }
}
