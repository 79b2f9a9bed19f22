using Siamese.Contracts.Data;
using Siamese.Model.Data;

namespace Siamese.Model.Evaluation;

/// <summary>As many images as there are, drawn with replacement, again and again. A pair counts as often as both of its images were drawn.</summary>
internal sealed class ImageDraws(ImagePair[] pairs, int images, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>How often each image was drawn.</summary>
    public int[] Times { get; } = new int[images];

    /// <summary>Draws anew, and again where no pair of a kind is drawn.</summary>
    /// <returns>How often the pairs of each kind count, both above 0.</returns>
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
