using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>Repeated draws of all images, with replacement. A pair counts as the product of how often each of its images was drawn.</summary>
internal sealed class ImageDraws(ImagePair[] pairs, int images, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>How often each image was drawn.</summary>
    public int[] Times { get; } = new int[images];

    /// <summary>Draws again, and repeats the draw if a kind has no pair.</summary>
    /// <returns>Total count of the pairs of each kind, both above 0.</returns>
    public (long Same, long Different) Next()
    {
        while (true)
        {
            Array.Clear(Times);
            for (var i = 0; i < Times.Length; i++)
                Times[_random.Next(Times.Length)]++;
            if (Count() is { Same: > 0, Different: > 0 } counts)
                return counts;
        }
    }

    /// <summary>How often a pair counts.</summary>
    public int Of(ImagePair pair) => Times[pair.First] * Times[pair.Second];

    private (long Same, long Different) Count()
    {
        var (same, all) = (0L, 0L);
        foreach (var pair in pairs)
        {
            var times = Of(pair);
            all += times;
            same += pair.Relation is Relation.Same ? times : 0;
        }

        return (same, all - same);
    }
}
