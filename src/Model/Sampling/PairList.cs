using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Sampling;

/// <summary>Draws a list of training pairs once, like the article's `train.csv`.</summary>
public static class PairList
{
    /// <summary>Draws pairs with a given share of *different* ones.</summary>
    /// <param name="split">Training images.</param>
    /// <param name="count">Length of the list.</param>
    /// <param name="balance">Share of *different* pairs, 0 to 1; exact to within one pair.</param>
    /// <param name="random">The trial's generator.</param>
    /// <remarks>
    /// If the data has given pairs instead of classes, they are taken in random order, and repeated from the start if the list
    /// is longer.
    /// </remarks>
    public static ImagePair[] Draw(DataSplit split, int count, double balance, Random random)
    {
        var different = (int)Math.Round(count * balance);
        if (split.GivenPairs is { } given)
            return [.. Cycle(given, Relation.Same, count - different, random), .. Cycle(given, Relation.Different, different, random)];
        var classes = new ClassIndex(split.Images);
        return
        [
            .. Enumerable.Range(0, count - different).Select(_ => classes.DrawSame(random)),
            .. Enumerable.Range(0, different).Select(_ => classes.DrawDifferent(random)),
        ];
    }

    private static IEnumerable<ImagePair> Cycle(ImagePair[] given, Relation relation, int count, Random random)
    {
        var pool = Array.FindAll(given, pair => pair.Relation == relation);
        random.Shuffle(pool);
        return Enumerable.Range(0, count).Select(i => pool[i % pool.Length]);
    }
}
