using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Tests.Search;

/// <summary>Search spaces that earlier builds stored keep their meaning.</summary>
public sealed class EarlierSpaceTests
{
    [Fact]
    public void Lists_stored_separately_are_read_as_dimensions()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var stored = serializer.SerializeToArray(new EarlierSpace
        {
            Losses = ["triplet"],
            Margins = [1, 2.5],
            Pairings = [Pairing.Listed],
            BatchSizes = [64],
            Epochs = 3,
            Schedule = LearningRateSchedule.Constant,
            Augment = false,
        });

        var space = serializer.Deserialize<SearchSpace>(stored)!;

        Assert.Equal(
            ["loss: triplet", "pairing: listed", "margin: 1, 2.5", "batch-size: 64", "epochs: 3", "schedule: constant", "augment: off"],
            space.Dimensions.Select(dimension => $"{dimension.Hyperparameter}: {string.Join(", ", dimension.Values)}"));
    }

    /// <summary>The trials of a stored sweep are found by their id: this is the id that the previous build computed.</summary>
    [Fact]
    public void Its_trials_keep_their_ids()
    {
        var space = SearchSpace.Of(("loss", ["triplet"]), ("distance", ["cosine"]), ("pairing", ["listed"]), ("augment", ["off"]));
        var spec = new TrialSpec
        {
            Hyperparameters = Assert.Single(GridSearch.Expand(space).Points),
            DataFingerprint = "data",
            Shard = 0,
            Shards = 1,
            Seed = 1,
            CodeVersion = "code",
        };

        Assert.Equal("b13d486012d6b6d2fd1bb0b81e8618a5", spec.Id);
    }
}

/// <summary>A search space as earlier builds stored it.</summary>
[GenerateSerializer]
internal sealed record EarlierSpace
{
    [Id(3)] public ImmutableArray<string> Losses { get; init; } = [];
    [Id(4)] public ImmutableArray<double> Margins { get; init; } = [];
    [Id(5)] public ImmutableArray<Pairing> Pairings { get; init; } = [];
    [Id(6)] public ImmutableArray<int> BatchSizes { get; init; } = [];
    [Id(9)] public int? Epochs { get; init; }
    [Id(11)] public LearningRateSchedule? Schedule { get; init; }
    [Id(12)] public bool? Augment { get; init; }
}
