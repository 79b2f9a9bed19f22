using Siamese.Contracts.Data;

namespace Siamese.Model.Data;

/// <summary>
/// Deals images that are known by pairs only to parts that share no image. Where the pairs fall into many separate
/// components (one for each writer, say), whole components are dealt and no pair is lost; otherwise images are dealt and
/// a pair that straddles two parts is in none. The same image stored twice stays in one part.
/// </summary>
/// <param name="contents">A hash of each image.</param>
/// <param name="pairs">The pairs; indices into <paramref name="contents"/>.</param>
internal sealed class PairDealing(UInt128[] contents, IReadOnlyList<ImagePair> pairs)
{
    /// <summary>A deal may leave a part without one kind of pair by mere chance, so a few are tried.</summary>
    private const int Attempts = 20;

    /// <summary>The part of each image, or null where no deal was found that gives each part pairs of both kinds.</summary>
    /// <param name="shares">What each part should get of the images; sums to 1.</param>
    /// <param name="seed">The same seed deals alike.</param>
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

    /// <summary>Largest sets first, each to the part that lacks most.</summary>
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

    /// <summary>Whether each part has at least half of the images that it should have.</summary>
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
