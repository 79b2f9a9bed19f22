using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class SameRequestsTests
{
    private static readonly SweepRequest _request = new()
    {
        Space = SearchSpace.Of(("margin", [1, 2]), ("loss", ["contrastive"]), ("pairing", ["listed"]), ("pairs", [10])),
        Data = new DataSource { Path = "/data/pairs.csv", LabelMeans = Relation.Same },
        Seeds = [1, 2],
        Shards = 2,
    };

    public static TheoryData<string> Differences => [.. _differences.Keys];

    private static readonly Dictionary<string, Func<SweepRequest, SweepRequest>> _differences = new()
    {
        ["margins"] = r => r with { Space = r.Space.With(SearchSpace.Of(("margin", [1, 5]))) },
        ["their order"] = r => r with { Space = r.Space.With(SearchSpace.Of(("margin", [2, 1]))) },
        ["losses"] = r => r with { Space = r.Space.With(SearchSpace.Of(("loss", ["triplet"]))) },
        ["encoders"] = r => r with { Space = r.Space.With(SearchSpace.Of(("encoder", ["article"]))) },
        ["distances"] = r => r with { Space = r.Space.With(SearchSpace.Of(("distance", ["cosine"]))) },
        ["embedding sizes"] = r => r with { Space = r.Space.With(SearchSpace.Of(("embedding-size", [2]))) },
        ["pairing"] = r => r with { Space = r.Space.With(SearchSpace.Of(("pairing", ["batch"]))) },
        ["batch sizes"] = r => r with { Space = r.Space.With(SearchSpace.Of(("batch-size", [64]))) },
        ["balances"] = r => r with { Space = r.Space.With(SearchSpace.Of(("balance", [0.9]))) },
        ["learning rates"] = r => r with { Space = r.Space.With(SearchSpace.Of(("learning-rate", [1e-4]))) },
        ["epochs"] = r => r with { Space = r.Space.With(SearchSpace.Of(("epochs", [1]))) },
        ["pairs"] = r => r with { Space = r.Space.With(SearchSpace.Of(("pairs", [11]))) },
        ["schedule"] = r => r with { Space = r.Space.With(SearchSpace.Of(("schedule", ["constant"]))) },
        ["augmentation"] = r => r with { Space = r.Space.With(SearchSpace.Of(("augment", ["off"]))) },
        ["path"] = r => r with { Data = r.Data with { Path = "/data/other.csv" } },
        ["split"] = r => r with { Data = r.Data with { SplitBy = SplitBy.Class } },
        ["polarity"] = r => r with { Data = r.Data with { LabelMeans = Relation.Different } },
        ["seeds"] = r => r with { Seeds = [1] },
        ["shards"] = r => r with { Shards = 1 },
    };

    [Fact]
    public void The_order_of_hyperparameters_does_not_matter() => Assert.True(SameRequests.Are(
        _request with { Space = SearchSpace.Of(("margin", [1, 2]), ("loss", ["contrastive"])) },
        _request with { Space = SearchSpace.Of(("loss", ["contrastive"]), ("margin", [1, 2])) }));

    [Fact]
    public void Equal_lists_in_different_arrays_are_the_same() => Assert.True(SameRequests.Are(
        _request, _request with { Space = _request.Space.With(SearchSpace.Of(("margin", [1, 2]))), Seeds = [1, 2] }));

    [Theory]
    [MemberData(nameof(Differences))]
    public void Any_change_to_the_trials_makes_a_different_request(string what) =>
        Assert.False(SameRequests.Are(_request, _differences[what](_request)));

    [Fact]
    public void Slots_and_start_do_not_make_a_different_request() =>
        Assert.True(SameRequests.Are(_request, _request with { Slots = 1, StartWhenPrepared = false }));
}
