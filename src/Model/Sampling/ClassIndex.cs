using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Sampling;

/// <summary>Draws pairs and triplets uniformly over the images of a labelled set.</summary>
internal sealed class ClassIndex
{
    private readonly int[] _labels;
    private readonly Dictionary<int, int[]> _members;
    private readonly int[] _anchors;

    public ClassIndex(ImageSet images)
    {
        _labels = images.Labels;
        _members = Enumerable.Range(0, images.Count).GroupBy(i => _labels[i]).ToDictionary(c => c.Key, c => c.ToArray());
        _anchors = [.. Enumerable.Range(0, images.Count).Where(i => _members[_labels[i]].Length > 1)];
        if (_members.Count < 2 || _anchors.Length == 0)
            throw new ArgumentException("Pairs need at least two classes, one of them with at least two images.", nameof(images));
    }

    public ImagePair DrawSame(Random random)
    {
        var anchor = _anchors[random.Next(_anchors.Length)];
        return new ImagePair(anchor, Partner(anchor, random), Relation.Same);
    }

    public ImagePair DrawDifferent(Random random)
    {
        var anchor = random.Next(_labels.Length);
        return new ImagePair(anchor, Stranger(anchor, random), Relation.Different);
    }

    public ImageTriplet DrawTriplet(Random random)
    {
        var anchor = _anchors[random.Next(_anchors.Length)];
        return new ImageTriplet(anchor, Partner(anchor, random), Stranger(anchor, random));
    }

    private int Partner(int anchor, Random random)
    {
        var mates = _members[_labels[anchor]];
        int other;
        do
            other = mates[random.Next(mates.Length)];
        while (other == anchor);
        return other;
    }

    private int Stranger(int anchor, Random random)
    {
        int other;
        do
            other = random.Next(_labels.Length);
        while (_labels[other] == _labels[anchor]);
        return other;
    }
}
