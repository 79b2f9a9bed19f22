using Siamese.Contracts.Trials;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Grains.Ensembles;

/// <summary>Evaluates a member that was trained on one shard on images of the other shards, which it never saw.</summary>
internal static class UnseenShards
{
    /// <summary>Maximum number of images to evaluate on.</summary>
    private const int Maximum = 2000;

    /// <summary>The member's equal error rate on pairs of them; null if there is no other shard, a kind of pair is missing, or the data is pairs.</summary>
    /// <param name="member">The member.</param>
    /// <param name="training">The whole training split that its shard was cut from, in its encoder's shape.</param>
    public static double? Eer(LoadedMember member, DataSplit training)
    {
        if (Choose(member.Spec, training) is not { } images)
            return null;
        var pairs = EvaluationPairs.Of(new DataSplit(images));
        return pairs.DistinctBy(pair => pair.Relation).Count() < 2 ? null : RocCurve.Of(member.Measure(images, pairs), pairs).EqualErrorRate;
    }

    private static ImageSet? Choose(TrialSpec spec, DataSplit training)
    {
        if (spec.Shards < 2 || training.GivenPairs is not null)
            return null;
        var shards = Shards.Cut(training, spec.Shards);
        var ofEach = Maximum / (spec.Shards - 1);
        // Each shard keeps the order of the data set, which may be sorted by class: images are taken evenly from all of it.
        ImageSet[] chosen = [.. shards.Where((_, shard) => shard != spec.Shard).Select(shard => Evenly(shard.Images, ofEach))];
        return new ImageSet(training.Images.Shape, [.. chosen.SelectMany(images => images.Pixels)], [.. chosen.SelectMany(images => images.Labels)]);
    }

    /// <summary>Takes images in class order, so that each class has its share, and in twos, so that many classes have same pairs too.</summary>
    private static ImageSet Evenly(ImageSet images, int count)
    {
        var byClass = Enumerable.Range(0, images.Count).OrderBy(i => images.Labels[i]).ToArray();
        return images.Select(count >= images.Count
            ? byClass
            : [.. Enumerable.Range(0, count / 2).Select(i => (int)((long)i * images.Count / (count / 2))).SelectMany(i => byClass[i..(i + 2)])]);
    }
}
