using Siamese.Contracts.Data;
using Siamese.Model.Data;

namespace Siamese.Model.Evaluation;

/// <summary>
/// How sure a figure on pairs is, by drawing the images again, with replacement (Efron, Annals of Statistics 1979). Not the
/// pairs: those of one image are right or wrong together, and as if they were independent the interval would come out far
/// too narrow.
/// </summary>
public static class ImageBootstrap
{
    /// <summary>The percentile interval of an equal error rate.</summary>
    /// <param name="distances">The distance of each pair.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="images">Number of images that the pairs are of.</param>
    /// <param name="confidence">Share of draws that the interval holds, between 0 and 1.</param>
    /// <param name="draws">Draws of as many images.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">The numbers of distances and of pairs differ.</exception>
    public static Interval OfEer(float[] distances, ImagePair[] pairs, int images, double confidence = 0.95, int draws = 1000, int seed = 1)
    {
        if (distances.Length != pairs.Length)
            throw new ArgumentException($"{distances.Length} distances do not go with {pairs.Length} pairs.", nameof(distances));
        var order = Enumerable.Range(0, pairs.Length).ToArray();
        Array.Sort((float[])distances.Clone(), order);
        var random = new Random(seed);
        var rates = new List<double>(draws);
        var times = new int[images];
        while (rates.Count < draws)
        {
            Array.Clear(times);
            for (var i = 0; i < images; i++)
                times[random.Next(images)]++;
            if (Eer(order, distances, pairs, times) is { } rate)
                rates.Add(rate);
        }

        rates.Sort();
        var tail = (1 - confidence) / 2 * (draws - 1);
        return new Interval(rates[(int)Math.Floor(tail)], rates[(int)Math.Ceiling(draws - 1 - tail)]);
    }

    /// <summary>As <see cref="RocCurve.EqualErrorRate"/>, with each pair as often as both of its images were drawn; null where a kind was not drawn.</summary>
    private static double? Eer(int[] order, float[] distances, ImagePair[] pairs, int[] times)
    {
        var (same, different) = (0L, 0L);
        foreach (var pair in pairs)
        {
            var weight = (long)times[pair.First] * times[pair.Second];
            if (pair.Relation is Relation.Same)
                same += weight;
            else
                different += weight;
        }

        if (same == 0 || different == 0)
            return null;
        var (rejected, accepted) = (same, 0L);
        for (var i = 0; i < order.Length;)
        {
            var (farBefore, frrBefore) = ((double)accepted / different, (double)rejected / same);
            // Equal distances move together.
            for (var distance = distances[order[i]]; i < order.Length && distances[order[i]] == distance; i++)
            {
                var pair = pairs[order[i]];
                var weight = (long)times[pair.First] * times[pair.Second];
                if (pair.Relation is Relation.Same)
                    rejected -= weight;
                else
                    accepted += weight;
            }

            var (far, frr) = ((double)accepted / different, (double)rejected / same);
            if (far >= frr)
            {
                var way = (frrBefore - farBefore) / (frrBefore - farBefore + far - frr);
                return farBefore + (way * (far - farBefore));
            }
        }

        return 1;
    }
}
