using Siamese.Contracts.Data;
using Siamese.Model.Data;

namespace Siamese.Model.Evaluation;

/// <summary>Which pairs of a split are measured: all of them, or a fixed draw where they are too many. The same split gives the same pairs.</summary>
public static class EvaluationPairs
{
    /// <summary>Pairs measured at most, where the pairs are not given.</summary>
    public const int DefaultLimit = 200_000;

    private const int Seed = 20_060_617; // Any constant; changing it changes every figure that was measured on drawn pairs.

    /// <summary>
    /// The given pairs where the data names them; else every unordered pair of two images; else, where those are more
    /// than <paramref name="limit"/>, a draw without replacement, uniform within each kind: at most limit / 2 *same*
    /// pairs, the rest *different* as far as there are enough.
    /// </summary>
    /// <exception cref="ArgumentException">Images without a class and without given pairs, or a limit below 2.</exception>
    public static ImagePair[] Of(DataSplit split, int limit = DefaultLimit)
    {
        if (limit < 2)
            throw new ArgumentException($"A limit of {limit} pairs cannot hold one of each kind.", nameof(limit));
        if (split.GivenPairs is { } given)
            return given;

        var labels = split.Images.Labels;
        if (labels.Any(label => label < 0))
            throw new ArgumentException("Images without a class need given pairs.", nameof(split));

        var all = (long)labels.Length * (labels.Length - 1) / 2;
        return all <= limit ? Every(labels, (int)all) : Drawn(labels, limit);
    }

    private static ImagePair[] Every(int[] labels, int count)
    {
        var pairs = new ImagePair[count];
        var at = 0;
        for (var i = 0; i < labels.Length; i++)
            for (var j = i + 1; j < labels.Length; j++)
                pairs[at++] = new ImagePair(i, j, labels[i] == labels[j] ? Relation.Same : Relation.Different);
        return pairs;
    }

    // With the images in order of class, the partners of an image that come after it are first those of its own class,
    // up to where the class ends, then all of other classes. So each kind of pair can be numbered without a list of them.
    private static ImagePair[] Drawn(int[] labels, int limit)
    {
        var order = Enumerable.Range(0, labels.Length).OrderBy(image => labels[image]).ToArray();
        var ends = ClassEnds(order, labels);
        var sameBefore = Running(order.Length, place => ends[place] - place - 1);
        var differentBefore = Running(order.Length, place => order.Length - ends[place]);

        var same = (int)Math.Min(limit / 2, sameBefore[^1]);
        var different = (int)Math.Min(limit - same, differentBefore[^1]);
        var random = new Random(unchecked(Seed + 31 * labels.Length + ends.Distinct().Count()));
        var pairs = new List<ImagePair>(same + different);
        foreach (var number in Draw(sameBefore[^1], same, random))
            pairs.Add(Numbered(number, sameBefore, place => place + 1, order, Relation.Same));
        foreach (var number in Draw(differentBefore[^1], different, random))
            pairs.Add(Numbered(number, differentBefore, place => ends[place], order, Relation.Different));
        return [.. pairs];
    }

    private static int[] ClassEnds(int[] order, int[] labels)
    {
        var ends = new int[order.Length];
        for (var place = order.Length - 1; place >= 0; place--)
            ends[place] = place + 1 < order.Length && labels[order[place]] == labels[order[place + 1]] ? ends[place + 1] : place + 1;
        return ends;
    }

    private static long[] Running(int length, Func<int, int> partners)
    {
        var before = new long[length + 1];
        for (var place = 0; place < length; place++)
            before[place + 1] = before[place] + partners(place);
        return before;
    }

    private static ImagePair Numbered(long number, long[] before, Func<int, int> firstPartner, int[] order, Relation relation)
    {
        var place = LastAtMost(before, number);
        var (a, b) = (order[place], order[firstPartner(place) + (int)(number - before[place])]);
        return new ImagePair(Math.Min(a, b), Math.Max(a, b), relation);
    }

    // Places without partners repeat the running count; the last of them is the one that has partners.
    private static int LastAtMost(long[] before, long number)
    {
        var (low, high) = (0, before.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = before[middle] <= number ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Distinct numbers below <paramref name="total"/>, every set of them equally likely, ascending (Floyd's draw: Bentley, CACM 1987).</summary>
    private static long[] Draw(long total, int count, Random random)
    {
        var drawn = new HashSet<long>(count);
        for (var last = total - count; last < total; last++)
            if (!drawn.Add(random.NextInt64(last + 1)))
                drawn.Add(last);
        var numbers = drawn.ToArray();
        Array.Sort(numbers);
        return numbers;
    }
}
