using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Tests.Sampling;

/// <summary>Sets of one-pixel images, for tests that need only the labels.</summary>
internal static class SomeClasses
{
    /// <summary>Classes of these sizes, numbered from 0, with their images interleaved.</summary>
    public static ImageSet Of(params int[] sizes)
    {
        var labels = Enumerable.Range(0, sizes.Max()).SelectMany(i => Enumerable.Range(0, sizes.Length).Where(c => i < sizes[c])).ToArray();
        return new ImageSet(new ImageShape(1, 1), new byte[labels.Length], labels);
    }

    /// <summary>Classes of equal size.</summary>
    public static ImageSet Even(int classes, int size) => Of([.. Enumerable.Repeat(size, classes)]);

    /// <summary>Same and different pairs of images without classes; no image is in two pairs.</summary>
    public static DataSplit Given(int same, int different)
    {
        var count = 2 * (same + different);
        var pairs = Enumerable.Range(0, same + different)
            .Select(i => new ImagePair(2 * i, 2 * i + 1, i < same ? Relation.Same : Relation.Different));
        return new DataSplit(
            new ImageSet(new ImageShape(1, 1), new byte[count], [.. Enumerable.Repeat(-1, count)]), [.. pairs]);
    }
}
