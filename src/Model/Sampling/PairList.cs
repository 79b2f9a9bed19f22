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
    /// <param name="forgedShare">Share of forgeries among the *different* pairs, 0 to 1, if pairs are given and some are of forgeries; 0 takes them as they come.</param>
    /// <remarks>
    /// If the data has given pairs instead of classes, they are taken in random order, and repeated from the start if the list
    /// is longer.
    /// </remarks>
    public static ImagePair[] Draw(DataSplit split, int count, double balance, Random random, double forgedShare = 0)
    {
        var different = (int)Math.Round(count * balance);
        if (split.GivenPairs is { } given)
            return [.. Cycle(given, pair => pair.Relation is Relation.Same, count - different, random), .. Different(split, given, different, forgedShare, random)];
        var classes = new ClassIndex(split.Images);
        return
        [
            .. Enumerable.Range(0, count - different).Select(_ => classes.DrawSame(random)),
            .. Enumerable.Range(0, different).Select(_ => classes.DrawDifferent(random)),
        ];
    }

    private static IEnumerable<ImagePair> Different(DataSplit split, ImagePair[] given, int count, double forgedShare, Random random)
    {
        // A list of pairs has no classes, and so no forgeries that are known as such.
        var labels = split.Images.Labels;
        var hasBoth = Array.Exists(given, IsForged) && Array.Exists(given, IsOfTwoClasses);
        if (forgedShare == 0 || !hasBoth)
            return Cycle(given, pair => pair.Relation is Relation.Different, count, random);
        var forged = (int)Math.Round(count * forgedShare);
        return [.. Cycle(given, IsForged, forged, random), .. Cycle(given, IsOfTwoClasses, count - forged, random)];

        bool IsForged(ImagePair pair) => pair.Relation is Relation.Different && labels[pair.First] >= 0 && labels[pair.First] == labels[pair.Second];

        bool IsOfTwoClasses(ImagePair pair) => pair.Relation is Relation.Different && labels[pair.First] != labels[pair.Second];
    }

    private static IEnumerable<ImagePair> Cycle(ImagePair[] given, Predicate<ImagePair> isWanted, int count, Random random)
    {
        var pool = Array.FindAll(given, isWanted);
        random.Shuffle(pool);
        return Enumerable.Range(0, count).Select(i => pool[i % pool.Length]);
    }
}
