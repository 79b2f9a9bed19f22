using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Splits;

/// <summary>
/// Deals images, of which only pairs are known, to parts that share no image. If the pairs form many separate components
/// (such as one per writer), whole components are dealt and no pair is lost. Otherwise single images are dealt, and pairs
/// that straddle two parts are dropped. Copies of an image stay in one part.
/// </summary>
/// <param name="contents">A hash of each image.</param>
/// <param name="pairs">The pairs; indices into <paramref name="contents"/>.</param>
internal sealed class PairDealing(UInt128[] contents, IReadOnlyList<ImagePair> pairs)
{
    /// <summary>A deal may by chance leave a part without one kind of pair, so several are tried.</summary>
    private const int Attempts = 20;

    /// <summary>The part of each image, or null if no deal gave every part pairs of both kinds.</summary>
    /// <param name="shares">Each part's share of the images; sums to 1.</param>
    /// <param name="seed">The same seed gives the same deal.</param>
    public int[]? Deal(double[] shares, ulong seed)
    {
        var shuffle = new SeededShuffle(seed);
        var twins = JoinTwins();
        var components = JoinTwins();
        foreach (var pair in pairs)
            components.Join(pair.First, pair.Second);
        return Try(components.Sets(), shares, shuffle, IsEven) ?? Try(twins.Sets(), shares, shuffle, (_, _) => true);
    }

    private int[]? Try(List<List<int>> sets, double[] shares, SeededShuffle shuffle, Func<int[], double[], bool> isFit)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var parts = DealSets(sets, shares, shuffle);
            if (isFit(parts, shares) && HasBothKinds(parts, shares.Length))
                return parts;
        }

        return null;
    }

    /// <summary>Deals the largest sets first, each to the part that lacks the most images.</summary>
    private int[] DealSets(List<List<int>> sets, double[] shares, SeededShuffle shuffle)
    {
        var parts = new int[contents.Length];
        var lacking = shares.Select(share => share * contents.Length).ToArray();
        foreach (var set in shuffle.Order(sets.Count).Select(i => sets[i]).OrderByDescending(set => set.Count))
        {
            var part = Array.IndexOf(lacking, lacking.Max());
            lacking[part] -= set.Count;
            foreach (var image in set)
                parts[image] = part;
        }

        return parts;
    }

    /// <summary>Whether each part has at least half of its share of the images.</summary>
    private static bool IsEven(int[] parts, double[] shares)
    {
        var counts = new int[shares.Length];
        foreach (var part in parts)
            counts[part]++;
        return !counts.Where((count, part) => count < shares[part] * parts.Length / 2).Any();
    }

    private bool HasBothKinds(int[] parts, int count)
    {
        var (same, different) = (new bool[count], new bool[count]);
        foreach (var pair in pairs.Where(pair => parts[pair.First] == parts[pair.Second]))
            (pair.Relation == Relation.Same ? same : different)[parts[pair.First]] = true;
        return !same.Contains(false) && !different.Contains(false);
    }

    private Components JoinTwins()
    {
        var joined = new Components(contents.Length);
        var first = new Dictionary<UInt128, int>();
        for (var i = 0; i < contents.Length; i++)
        {
            if (!first.TryAdd(contents[i], i))
                joined.Join(first[contents[i]], i);
        }

        return joined;
    }
}
