using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Bench.Trust;

/// <summary>
/// Whether the interval stated for a threshold with a limited false accept rate contains the rate on new images. The threshold
/// is chosen on 1,000 images and checked on 1,000 others, again and again; nothing was trained on any of them.
/// </summary>
/// <param name="ensemble">The ensemble.</param>
/// <param name="images">Images that the ensemble was not trained on.</param>
internal sealed class FarInterval(TrustedEnsemble ensemble, ImageSet images)
{
    private const int Each = 1000;
    private const int Draws = 1000;
    private const double Maximum = 0.01;

    private readonly float[][] _embeddings = ensemble.Embed(images);

    /// <param name="Holds">Whether the stated interval contains the rate on the other images.</param>
    /// <param name="Width">Width of the stated interval, relative to the bootstrap interval over the other images.</param>
    /// <param name="Far">The rate on the other images.</param>
    public sealed record Resample(bool Holds, double Width, double Far);

    public Resample Draw(int seed)
    {
        var order = Enumerable.Range(0, images.Count).ToArray();
        new Random(seed).Shuffle(order);
        var (chosenOn, lookedAt) = (Measure(order[..Each]), Measure(order[Each..(2 * Each)]));
        var point = new OperatingPoints(chosenOn.Distances, chosenOn.Pairs, Each).AtFar(Maximum);

        ImagePair[] wrong = [.. lookedAt.Pairs.Where((pair, i) => pair.Relation is Relation.Different && lookedAt.Distances[i] <= point.Threshold)];
        var far = (double)wrong.Length / lookedAt.Pairs.Count(pair => pair.Relation is Relation.Different);
        var bootstrap = Bootstrap(lookedAt.Pairs, wrong);
        return new Resample(
            point.FarInterval.Low <= far && far <= point.FarInterval.High,
            (point.FarInterval.High - point.FarInterval.Low) / (bootstrap.High - bootstrap.Low),
            far);
    }

    private (float[] Distances, ImagePair[] Pairs) Measure(int[] chosen)
    {
        var pairs = EvaluationPairs.Of(new DataSplit(images.Select(chosen)));
        return (ensemble.Distances(_embeddings, Array.ConvertAll(pairs, pair => new ImagePair(chosen[pair.First], chosen[pair.Second], pair.Relation))), pairs);
    }

    private static Interval Bootstrap(ImagePair[] pairs, ImagePair[] wrong)
    {
        var drawing = new ImageDraws(pairs, Each, seed: 2);
        return ImageBootstrap.Percentiles(Enumerable.Range(0, Draws).Select(_ =>
        {
            var (_, different) = drawing.Next();
            return wrong.Sum(pair => (double)drawing.Of(pair)) / different;
        }));
    }
}
