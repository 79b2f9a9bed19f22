using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Tests.Evaluation.Pairs;

/// <summary>Pairs and distances for tests that do not care which.</summary>
internal static class SomePairs
{
    /// <summary>
    /// Same pairs, then different pairs, and a distance for each: on a grid if there should be ties, and larger for
    /// different pairs on average.
    /// </summary>
    public static (ImagePair[] Pairs, float[] Distances) Drawn(int seed, int same = 60, int different = 90, int? gridOf = null)
    {
        var random = new Random(seed);
        var pairs = Of(same, different);
        var distances = pairs.Select(pair =>
        {
            var distance = random.NextSingle() + random.NextSingle() + (pair.Relation == Relation.Different ? 0.5f : 0);
            return gridOf is { } steps ? MathF.Round(distance * steps) / steps : distance;
        });
        return (pairs, [.. distances]);
    }

    /// <summary>Every pair of images of four classes.</summary>
    public static ImagePair[] Every(int images) =>
    [
        .. from i in Enumerable.Range(0, images)
           from j in Enumerable.Range(i + 1, images - i - 1)
           select new ImagePair(i, j, i % 4 == j % 4 ? Relation.Same : Relation.Different),
    ];

    /// <summary>Distances between images on a line, each near its class. If an image is far out, all of its pairs are.</summary>
    public static float[] OnALine(ImagePair[] every, int images, Random random, double width = 1.6)
    {
        var places = Enumerable.Range(0, images).Select(i => (i % 4) + (random.NextSingle() * (float)width)).ToArray();
        return Array.ConvertAll(every, pair => Math.Abs(places[pair.First] - places[pair.Second]));
    }

    public static ImagePair[] Of(int same, int different) =>
    [
        .. Enumerable.Range(0, same).Select(i => new ImagePair(i, i + 1, Relation.Same)),
        .. Enumerable.Range(0, different).Select(i => new ImagePair(i, i + 1, Relation.Different)),
    ];
}
