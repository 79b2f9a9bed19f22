using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Pairs;
using Siamese.Model.Data.Splits;
using Siamese.Model.Sampling;

namespace Siamese.Model.Tests.Sampling;

public sealed class PairListTests
{
    [Theory]
    [InlineData(1000, 0.9, 900)]
    [InlineData(1000, 0, 0)]
    [InlineData(1000, 1, 1000)]
    [InlineData(7, 0.5, 4)]
    [InlineData(3, 0.1, 0)]
    public void The_share_of_different_pairs_is_met_to_within_a_pair(int count, double balance, int different)
    {
        var pairs = PairList.Draw(Split(), count, balance, new Random(1));
        Assert.Equal(count, pairs.Length);
        Assert.Equal(different, pairs.Count(pair => pair.Relation == Relation.Different));
        Assert.Equal(different, PairList.Draw(SomeClasses.Given(5, 5), count, balance, new Random(1)).Count(pair => pair.Relation == Relation.Different));
    }

    [Theory]
    [InlineData(0.8, 40)]
    [InlineData(0.1, 5)]
    [InlineData(1, 50)]
    public void The_share_of_forgeries_among_different_pairs_is_met_if_the_data_has_forgeries(double share, int forged)
    {
        // Two writers, each with three genuine images and three forgeries.
        int[] labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
        var isForged = Enumerable.Range(0, 12).Select(i => i % 6 >= 3).ToArray();
        var split = new DataSplit(new ImageSet(ImageShape.Digits, new byte[12 * ImageShape.Digits.Bytes], labels), ForgeryPairs.Of(labels, isForged));

        var pairs = PairList.Draw(split, 100, 0.5, new Random(1), share);

        Assert.Equal((100, 50), (pairs.Length, pairs.Count(pair => pair.Relation is Relation.Same)));
        Assert.Equal(forged, pairs.Count(pair => pair.Relation is Relation.Different && labels[pair.First] == labels[pair.Second]));
        Assert.Equal(PairList.Draw(SomeClasses.Given(5, 5), 20, 0.5, new Random(1)), PairList.Draw(SomeClasses.Given(5, 5), 20, 0.5, new Random(1), share));
    }

    [Fact]
    public void A_pair_has_two_distinct_images_and_the_relation_of_their_classes()
    {
        var split = new DataSplit(SomeClasses.Of(30, 2, 1, 12));
        var labels = split.Images.Labels;
        Assert.All(PairList.Draw(split, 5000, 0.5, new Random(2)), pair =>
        {
            Assert.NotEqual(pair.First, pair.Second);
            Assert.Equal(labels[pair.First] == labels[pair.Second] ? Relation.Same : Relation.Different, pair.Relation);
        });
    }

    [Fact]
    public void Every_image_is_drawn_about_equally_often()
    {
        var counts = PairList.Draw(Split(), 20_000, 0.5, new Random(3)).SelectMany(pair => new[] { pair.First, pair.Second })
            .CountBy(image => image).ToDictionary();
        Assert.Equal(40, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150)); // Expected 1000, standard deviation about 31.
    }

    [Fact]
    public void All_given_pairs_are_used_before_any_repeats()
    {
        var split = SomeClasses.Given(same: 4, different: 6);
        var pairs = PairList.Draw(split, 20, 0.6, new Random(4));
        Assert.Equal(Enumerable.Repeat(2, 10), pairs.CountBy(pair => pair).Select(of => of.Value));
        Assert.Equal(10, PairList.Draw(split, 10, 0.6, new Random(4)).Distinct().Count());
        Assert.All(pairs, pair => Assert.Contains(pair, split.GivenPairs!));
    }

    [Fact]
    public void The_same_seed_draws_the_same_list_and_another_seed_a_different_one()
    {
        foreach (var split in new[] { Split(), SomeClasses.Given(20, 20) })
        {
            var first = PairList.Draw(split, 30, 0.5, new Random(5));
            Assert.Equal(first, PairList.Draw(split, 30, 0.5, new Random(5)));
            Assert.NotEqual(first, PairList.Draw(split, 30, 0.5, new Random(6)));
        }
    }

    [Fact]
    public void Images_of_one_class_and_classes_of_one_image_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairList.Draw(new DataSplit(SomeClasses.Of(9)), 5, 0.5, new Random(1)));
        Assert.Throws<ArgumentException>(() => PairList.Draw(new DataSplit(SomeClasses.Of(1, 1, 1)), 5, 0.5, new Random(1)));
    }

    private static DataSplit Split() => new(SomeClasses.Even(classes: 4, size: 10));
}
