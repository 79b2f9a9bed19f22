using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Sampling;

namespace Siamese.Model.Tests.Sampling;

public sealed class NeighbourPairsTests
{
    private const int Count = 60;

    private static readonly DataSplit _split = new(new ImageSet(new ImageShape(8, 20), Noise(Count * 160), new int[Count]));

    [Fact]
    public void The_nearest_images_are_those_of_a_naive_search()
    {
        var nearest = NeighbourPairs.Nearest(_split.Images, 4);

        for (var i = 0; i < Count; i++)
        {
            var naive = Enumerable.Range(0, Count).Where(j => j != i).OrderBy(j => Squared(i, j)).Take(4);
            Assert.Equal(naive.Select(j => Squared(i, j)), nearest[i].Select(j => Squared(i, j)));
        }
    }

    [Fact]
    public void Neighbours_are_same_and_no_others_and_labels_play_no_part()
    {
        var pairs = NeighbourPairs.Of(_split, 4, withShiftedCopies: false, new Random(1));
        var nearest = NeighbourPairs.Nearest(_split.Images, 4);

        Assert.Equal(_split.Images.Pixels, pairs.Images.Pixels);
        Assert.All(pairs.Images.Labels, label => Assert.Equal(-1, label));
        Assert.All(pairs.GivenPairs!, pair => Assert.Equal(AreNear(nearest, pair.First, pair.Second) ? Relation.Same : Relation.Different, pair.Relation));
        Assert.Equal(nearest.SelectMany((its, i) => its.Select(j => (Math.Min(i, j), Math.Max(i, j)))).Distinct().Count(), pairs.GivenPairs!.Count(pair => pair.Relation is Relation.Same));
        Assert.Equal(pairs.GivenPairs!.Length, pairs.GivenPairs!.DistinctBy(pair => (pair.First, pair.Second)).Count());
        Assert.Contains(pairs.GivenPairs!, pair => pair.Relation is Relation.Different);
    }

    [Fact]
    public void Shifted_copies_of_an_image_and_of_its_neighbours_are_same()
    {
        var pairs = NeighbourPairs.Of(_split, 2, withShiftedCopies: true, new Random(1));
        var nearest = NeighbourPairs.Nearest(_split.Images, 2);

        Assert.Equal(5 * Count, pairs.Images.Count);
        Assert.All(pairs.GivenPairs!, pair =>
        {
            var (first, second) = (pair.First % Count, pair.Second % Count);
            Assert.Equal(first == second || AreNear(nearest, first, second) ? Relation.Same : Relation.Different, pair.Relation);
        });
        // The copy after the image itself is shifted by six columns to the left, the last one by six to the right.
        for (var row = 0; row < 8; row++)
        {
            Assert.Equal(_split.Images[3].Slice((row * 20) + 6, 14).ToArray(), pairs.Images[Count + 3].Slice(row * 20, 14).ToArray());
            Assert.Equal(_split.Images[3].Slice(row * 20, 14).ToArray(), pairs.Images[(4 * Count) + 3].Slice((row * 20) + 6, 14).ToArray());
        }
    }

    private static bool AreNear(int[][] nearest, int first, int second) => nearest[first].Contains(second) || nearest[second].Contains(first);

    private static long Squared(int first, int second)
    {
        ReadOnlySpan<byte> one = _split.Images[first], other = _split.Images[second];
        var sum = 0L;
        for (var i = 0; i < one.Length; i++)
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        return sum;
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
