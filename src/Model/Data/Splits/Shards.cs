using Siamese.Contracts;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data.Splits;

/// <summary>Cuts the training images into shards for the trials of a sweep.</summary>
public static class Shards
{
    /// <summary>Fixed, so that the same training images are always cut the same way and a finished trial is found again.</summary>
    private const ulong Seed = 0x5349414D455345;

    /// <summary>
    /// Disjoint shards that together contain every training image, each with an equal share of every class. If the data is
    /// pairs, each shard has an equal share of the images, and the pairs between them.
    /// </summary>
    /// <param name="training">The training split; returned as it is if there is only one shard.</param>
    /// <param name="shards">Number of shards, from 1.</param>
    /// <exception cref="BadInputException">A shard would have fewer than two images of a class, or pairs of one kind only.</exception>
    public static DataSplit[] Cut(DataSplit training, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        if (shards == 1)
            return [training];
        return training.GivenPairs is { } pairs ? CutPairs(training, pairs, shards) : CutClasses(training.Images, shards);
    }

    private static DataSplit[] CutClasses(ImageSet images, int shards)
    {
        var classes = Enumerable.Range(0, images.Count).GroupBy(i => images.Labels[i]).OrderBy(ofClass => ofClass.Key).ToArray();
        var most = classes.Min(ofClass => ofClass.Count()) / 2;
        if (shards > most)
            throw TooMany(shards, most, $"the smallest class has {classes.Min(ofClass => ofClass.Count())} training images and each shard needs two");
        var shuffle = new SeededShuffle(Seed);
        var chosen = new List<int>[shards];
        for (var shard = 0; shard < shards; shard++)
            chosen[shard] = [];
        var turn = 0;
        foreach (var ofClass in classes)
        {
            var members = ofClass.ToArray();
            shuffle.Shuffle<int>(members);
            // The turn continues from class to class, so that the first shard does not always get the remainder.
            foreach (var i in members)
                chosen[turn++ % shards].Add(i);
        }

        return [.. chosen.Select(indices => new DataSplit(images.Select([.. indices.Order()])))];
    }

    private static DataSplit[] CutPairs(DataSplit training, ImagePair[] pairs, int shards)
    {
        var contents = new UInt128[training.Images.Count];
        for (var i = 0; i < contents.Length; i++)
            contents[i] = ContentHash.Short(training.Images[i]);
        var dealing = new PairDealing(contents, pairs);
        var rarer = pairs.CountBy(pair => pair.Relation).Min(kind => kind.Value);
        if (shards <= rarer && Deal(shards) is { } parts)
            return [.. Enumerable.Range(0, shards).Select(shard => GivenPairSplit.Take(training, parts, shard))];
        var (most, tooMany) = (1, Math.Min(shards, rarer + 1));
        while (tooMany - most > 1)
        {
            var middle = (most + tooMany) / 2;
            if (Deal(middle) is null)
                tooMany = middle;
            else
                most = middle;
        }

        throw TooMany(shards, most, "each shard needs pairs of both kinds with both images in the shard");

        int[]? Deal(int count) => dealing.Deal([.. Enumerable.Repeat(1.0 / count, count)], Seed);
    }

    private static BadInputException TooMany(int shards, int most, string reason) => new(most > 1
        ? $"The data cannot be cut into {shards} shards: {reason}. Use 'shards' {most} or fewer."
        : $"The data cannot be cut into shards: {reason}. Use 'shards' 1.");
}
