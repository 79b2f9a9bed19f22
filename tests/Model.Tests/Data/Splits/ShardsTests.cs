using Siamese.Contracts;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Tests.Data.Images;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data.Splits;

public sealed class ShardsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Shards_are_disjoint_and_balanced_and_contain_every_image(int count)
    {
        var training = SomeTraining(37, 20, 14);
        var shards = Shards.Cut(training, count);
        Assert.Equal(count, shards.Length);
        var contents = shards.SelectMany(shard => Enumerable.Range(0, shard.Images.Count).Select(i => (shard.Images.Labels[i], Convert.ToHexString(shard.Images[i]))));
        var expected = Enumerable.Range(0, 71).Select(i => (training.Images.Labels[i], Convert.ToHexString(training.Images[i])));
        Assert.Equal(expected.Order(), contents.Order());
        Assert.All(Enumerable.Range(0, 3), label =>
        {
            var each = shards.Select(shard => shard.Images.Labels.Count(of => of == label)).ToArray();
            Assert.InRange(each.Max() - each.Min(), 0, 1);
        });
        Assert.InRange(shards.Max(shard => shard.Images.Count) - shards.Min(shard => shard.Images.Count), 0, 1);
    }

    [Fact]
    public void Cutting_again_gives_the_same_shards()
    {
        var training = SomeTraining(30, 30);
        Assert.Equal(Shards.Cut(training, 3).Select(shard => Convert.ToHexString(shard.Images.Pixels)),
            Shards.Cut(training, 3).Select(shard => Convert.ToHexString(shard.Images.Pixels)));
    }

    [Fact]
    public void One_shard_is_the_split_itself()
    {
        var training = SomeTraining(4, 4);
        Assert.Same(training, Assert.Single(Shards.Cut(training, 1)));
    }

    [Theory]
    [InlineData(8, "'shards' 7 or fewer")]
    [InlineData(100, "'shards' 7 or fewer")]
    public void Too_many_shards_are_refused_with_the_most_possible(int count, string advice) =>
        Assert.Contains(advice, Refusal(SomeTraining(37, 20, 14), count), StringComparison.Ordinal);

    [Fact]
    public void Data_too_small_for_shards_is_refused() => Assert.Contains("'shards' 1", Refusal(SomeTraining(9, 3), 2), StringComparison.Ordinal);

    [Fact]
    public void Pairs_are_cut_by_component_if_possible()
    {
        var training = SomeWriters(12);
        var shards = Shards.Cut(training, 3);
        Assert.Equal([16, 16, 16], shards.Select(shard => shard.Images.Count));
        Assert.Equal(training.GivenPairs!.Length, shards.Sum(shard => shard.GivenPairs!.Length));
        Assert.All(shards, shard => Assert.All(shard.GivenPairs!, pair => Assert.Equal(Relation(shard, pair), pair.Relation)));

        // The first two pixels of SomeWriters' images are the writer and the hand.
        static Relation Relation(DataSplit shard, ImagePair pair) =>
            shard.Images[pair.First][1] == shard.Images[pair.Second][1] ? Contracts.Pairs.Relation.Same : Contracts.Pairs.Relation.Different;
    }

    [Fact]
    public void Forgeries_remain_forgeries_in_a_shard()
    {
        var training = SomeWriters(12);
        var shards = Shards.Cut(training with { Forged = [.. Enumerable.Range(0, 48).Select(IsForged)] }, 3);

        Assert.All(shards, shard => Assert.Equal([.. Enumerable.Range(0, shard.Images.Count).Select(i => shard.Images[i][1] == 1)], shard.Forged!));
        Assert.All(Shards.Cut(training, 3), shard => Assert.Null(shard.Forged));

        static bool IsForged(int image) => image / 2 % 2 == 1;
    }

    [Fact]
    public void Shards_without_pairs_of_both_kinds_are_refused()
    {
        Assert.Contains("'shards' 12 or fewer", Refusal(SomeWriters(12), 13), StringComparison.Ordinal);
        Assert.Contains("'shards' 1.", Refusal(SomeWriters(1), 2), StringComparison.Ordinal);
    }

    private static string Refusal(DataSplit training, int count) => Assert.Throws<BadInputException>(() => Shards.Cut(training, count)).Message;

    private static DataSplit SomeTraining(params int[] perClass)
    {
        int[] labels = [.. perClass.SelectMany((count, label) => Enumerable.Repeat(label, count))];
        return new DataSplit(new ImageSet(DataFolder.Small, SomeImages.Pixels(1, new ImageShape(labels.Length, 64)), labels));
    }

    /// <summary>Four images for each writer, two by each hand; a pair is the same if its hand is the same.</summary>
    private static DataSplit SomeWriters(int count)
    {
        var pixels = new byte[count * 4 * 64];
        var pairs = new List<ImagePair>();
        for (var i = 0; i < count * 4; i++)
        {
            (pixels[i * 64], pixels[i * 64 + 1], pixels[i * 64 + 2]) = ((byte)(i / 4), (byte)(i / 2 % 2), (byte)(i % 2));
            for (var j = i / 4 * 4; j < i; j++)
                pairs.Add(new ImagePair(j, i, i / 2 == j / 2 ? Relation.Same : Relation.Different));
        }

        return new DataSplit(new ImageSet(DataFolder.Small, pixels, [.. Enumerable.Repeat(-1, count * 4)]), [.. pairs]);
    }
}
