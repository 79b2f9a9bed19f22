using Siamese.Model.Data.Splits;
using Siamese.Model.Sampling;

namespace Siamese.Model.Tests.Sampling;

public sealed class TripletListTests
{
    [Fact]
    public void A_triplet_has_an_anchor_another_image_of_its_class_and_an_image_of_another_class()
    {
        var split = new DataSplit(SomeClasses.Of(30, 2, 1, 12));
        var labels = split.Images.Labels;
        var triplets = TripletList.Draw(split, 5000, new Random(1));
        Assert.Equal(5000, triplets.Length);
        Assert.All(triplets, triplet =>
        {
            Assert.NotEqual(triplet.Anchor, triplet.Positive);
            Assert.Equal(labels[triplet.Anchor], labels[triplet.Positive]);
            Assert.NotEqual(labels[triplet.Anchor], labels[triplet.Negative]);
        });
        Assert.Equal(44, triplets.Select(triplet => triplet.Anchor).Distinct().Count()); // All but the lone image.
        Assert.Equal(45, triplets.Select(triplet => triplet.Negative).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_draws_the_same_list_and_another_seed_a_different_one()
    {
        var split = new DataSplit(SomeClasses.Even(classes: 3, size: 9));
        Assert.Equal(TripletList.Draw(split, 40, new Random(1)), TripletList.Draw(split, 40, new Random(1)));
        Assert.NotEqual(TripletList.Draw(split, 40, new Random(1)), TripletList.Draw(split, 40, new Random(2)));
    }

    [Fact]
    public void Given_pairs_are_refused() =>
        Assert.Throws<ArgumentException>(() => TripletList.Draw(SomeClasses.Given(5, 5), 3, new Random(1)));
}
