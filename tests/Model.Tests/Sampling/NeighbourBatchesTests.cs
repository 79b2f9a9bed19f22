using Siamese.Model.Data.Images;
using Siamese.Model.Sampling;

namespace Siamese.Model.Tests.Sampling;

public sealed class NeighbourBatchesTests
{
    private const int Count = 60;

    private static readonly ImageSet _images = new(new ImageShape(8, 20), Noise(Count * 160), new int[Count]);

    [Fact]
    public void The_nearest_images_are_those_of_a_naive_search()
    {
        var nearest = NeighbourBatches.Nearest(_images, 4);

        for (var i = 0; i < Count; i++)
        {
            var naive = Enumerable.Range(0, Count).Where(j => j != i).OrderBy(j => Squared(i, j)).Take(4);
            Assert.Equal(naive.Select(j => Squared(i, j)), nearest[i].Select(j => Squared(i, j)));
        }
    }

    [Fact]
    public void Neighbours_are_same_and_no_others_and_labels_play_no_part()
    {
        var batches = new NeighbourBatches(_images, 4, withShiftedCopies: false, batchSize: 20);
        var nearest = NeighbourBatches.Nearest(_images, 4);

        Assert.Equal(_images.Pixels, batches.Images.Pixels);
        Assert.All(batches.Images.Labels, label => Assert.Equal(-1, label));
        foreach (var (i, j) in from i in Enumerable.Range(0, Count) from j in Enumerable.Range(0, Count) where i != j select (i, j))
            Assert.Equal(nearest[i].Contains(j) || nearest[j].Contains(i), batches.AreSame(i, j));
    }

    [Fact]
    public void A_batch_begins_with_an_image_and_its_neighbours_and_its_images_are_distinct()
    {
        var batches = new NeighbourBatches(_images, 4, withShiftedCopies: false, batchSize: 20, steps: 15);
        var nearest = NeighbourBatches.Nearest(_images, 4);

        int[][] dealt = [.. batches.Deal(new Random(1))];

        Assert.Equal(15, dealt.Length);
        Assert.All(dealt, batch => Assert.Equal((20, 20), (batch.Length, batch.Distinct().Count())));
        // The first image of a batch is followed by its neighbours.
        Assert.All(dealt, batch => Assert.Equal(nearest[batch[0]], batch[1..5]));
        Assert.Equal(dealt, batches.Deal(new Random(1)));
        Assert.NotEqual(dealt, batches.Deal(new Random(2)));
    }

    [Fact]
    public void Neighbourhoods_begin_at_each_image_once_before_any_begins_again()
    {
        // A batch of two is one neighbourhood: an image and its nearest.
        var batches = new NeighbourBatches(_images, 1, withShiftedCopies: false, batchSize: 2, steps: Count);

        Assert.Equal(Enumerable.Range(0, Count), batches.Deal(new Random(1)).Select(batch => batch[0]).Order());
    }

    [Fact]
    public void Shifted_copies_of_an_image_and_of_its_neighbours_are_same()
    {
        var batches = new NeighbourBatches(_images, 2, withShiftedCopies: true, batchSize: 24);
        var nearest = NeighbourBatches.Nearest(_images, 2);

        Assert.Equal(5 * Count, batches.Images.Count);
        foreach (var (first, second) in batches.Deal(new Random(1)).Take(3).SelectMany(batch => batch.Zip(batch.Skip(1))))
        {
            var (i, j) = (first % Count, second % Count);
            Assert.Equal(i == j || nearest[i].Contains(j) || nearest[j].Contains(i), batches.AreSame(first, second));
        }

        Assert.Contains(batches.Deal(new Random(1)).SelectMany(batch => batch), image => image >= 4 * Count);
        // The copy after the image itself is shifted by six columns to the left, the last one by six to the right.
        for (var row = 0; row < 8; row++)
        {
            Assert.Equal(_images[3].Slice((row * 20) + 6, 14).ToArray(), batches.Images[Count + 3].Slice(row * 20, 14).ToArray());
            Assert.Equal(_images[3].Slice(row * 20, 14).ToArray(), batches.Images[(4 * Count) + 3].Slice((row * 20) + 6, 14).ToArray());
        }
    }

    private static long Squared(int first, int second)
    {
        ReadOnlySpan<byte> one = _images[first], other = _images[second];
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
