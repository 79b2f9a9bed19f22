using System.Collections.Immutable;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class DataDefaultsTests
{
    private static readonly DataFacts _small = new("few", GivesPairs: false, ShardImages: 600, IsSmall: true);

    [Theory]
    [InlineData(21, 20, Keep.Best)]
    [InlineData(100, 20, Keep.Best)]
    [InlineData(20, 0, Keep.Last)]
    public void A_long_trial_on_few_images_stops_when_it_no_longer_improves(int epochs, int patience, Keep keep)
    {
        var point = Fitted(_small, ("epochs", [epochs]));

        Assert.Equal((patience, keep), (point.Patience, point.Keep));
    }

    [Fact]
    public void A_stated_patience_and_large_data_stay_as_they_are()
    {
        Assert.Equal(0, Fitted(_small, ("epochs", [100]), ("patience", [0])).Patience);
        Assert.Equal(3, Fitted(_small, ("epochs", [100]), ("patience", [3])).Patience);
        Assert.Equal(0, Fitted(_small with { IsSmall = false }, ("epochs", [100])).Patience);
    }

    [Fact]
    public void A_sweep_that_an_earlier_build_planned_keeps_its_points()
    {
        var facts = new DataFacts("few", GivesPairs: false, ShardImages: 600);

        Assert.Equal(0, Fitted(facts, ("epochs", [100])).Patience);
    }

    [Fact]
    public void Few_images_are_fewer_than_those_of_the_embedded_data()
    {
        Assert.True(SweepPlanning.FactsOf(Some.Request(), Some.DataSet(499)).IsSmall);
        Assert.False(SweepPlanning.FactsOf(Some.Request(), Some.DataSet(500)).IsSmall);
        Assert.True(SweepPlanning.FactsOf(Some.Request() with { Shards = 2 }, Some.DataSet(500)).IsSmall);
    }

    [Fact]
    public void A_small_batch_and_its_reason_are_reported()
    {
        var facts = _small with { ShardImages = 60 };

        Assert.Equal(30, Fitted(facts).BatchSize);
        Assert.Equal("To suit few, which has 60 training images: 'batch-size' 30.", DataDefaults.Remark(Some.Request(), facts));
    }

    [Fact]
    public void Forgeries_need_listed_pairs()
    {
        var facts = _small with { GivesPairs = true, HasForgeries = true };

        Assert.Equal(Pairing.Listed, Fitted(facts).Pairing);
        Assert.Equal("To suit few, which has forgeries: 'pairing' listed.", DataDefaults.Remark(Some.Request(), facts));
        Assert.Contains("has forgeries, so its pairs are listed", SweepPlanning.ProblemOf(new Hyperparameters { Pairing = Pairing.Batch }, facts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_loss_on_batches_is_refused_for_forgeries_because_of_the_loss()
    {
        var facts = _small with { GivesPairs = true, HasForgeries = true };

        Assert.Contains("use 'loss' contrastive", SweepPlanning.ProblemOf(Fitted(facts, ("loss", ["nt-xent"])), facts), StringComparison.Ordinal);
    }

    private static Hyperparameters Fitted(DataFacts facts, params (string Hyperparameter, ImmutableArray<HyperparameterValue> Values)[] space) =>
        SpaceSearch.Expand(DataDefaults.Fit(Some.Request() with { Space = SearchSpace.Of(space) }, facts)).Points[0];
}
